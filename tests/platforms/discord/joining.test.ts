import { GatewayCloseCodes } from "discord.js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DiscordBot } from "../../../bots/discord/main.ts";
import { refusals } from "../../support/discord/api-error.ts";
import { type LoopbackDiscord, openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { isAnswer, MENTION, patient } from "../../support/discord/scene.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";

let host: ScriptedHost;
let discord: LoopbackDiscord;
let bot: DiscordBot;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  discord = await openLoopbackDiscord();
  bot = host.bot(discord);
});
afterEach(async () => {
  await bot.stop();
  await discord.close();
});

const refused = () => bot.start().catch((error: Error) => error);
const connected = () => expect.poll(() => bot.state().ok, patient).toBe(true);
async function expectAnswer(channel: string) {
  discord.say(channel, `${MENTION} Which money?`);
  await expect.poll(() => discord.answersIn(channel).filter(isAnswer).length, patient).toBe(1);
}

describe("Discord: joining", () => {
  it("refuses a wrong token in words that say what to do, without the token", async () => {
    const token = "d3Jvbmc.wrong.wrong-token";
    bot = host.bot(discord, { token });
    const fault = await refused();
    expect(String(fault)).toContain("DISCORD_TOKEN");
    expect(String(fault)).not.toContain(token);
    expect(bot.state()).toMatchObject({ ok: false, detail: expect.stringContaining("DISCORD_TOKEN") });
  });

  it("refuses to start where Discord does not grant what it asks for, and says where to look", async () => {
    discord.gateway.refuseIdentify(GatewayCloseCodes.DisallowedIntents);
    expect(String(await refused())).toContain("page Bot of the developer portal");
  });

  it("starts without Discord when that is away, says so, and joins when it is back", async () => {
    const { channel } = discord.addGuild();
    discord.goAway();
    await bot.start();
    expect(bot.state()).toMatchObject({ ok: false, detail: expect.stringContaining("cannot be reached") });
    discord.comeBack();
    await connected();
    await expectAnswer(channel);
    expect(discord.requests.filter((request) => request.startsWith("PUT "))).toHaveLength(1);
  });

  it("starts without Discord when that fails", async () => {
    const { channel } = discord.addGuild();
    for (let time = 0; time < 6; time++) discord.refuseNext(/^GET .gateway/, refusals.unavailable());
    await bot.start();
    expect(bot.state().ok).toBe(false);
    await connected();
    await expectAnswer(channel);
  });

  it("comes back by itself after Discord was away for a while", async () => {
    const { channel } = discord.addGuild();
    await bot.start();
    discord.goAway();
    await expect.poll(() => discord.gateway.counts.turnedAway, patient).toBeGreaterThan(1);
    expect(bot.state()).toMatchObject({ ok: false, detail: "0 of 1 shards connected, 1 servers" });
    discord.comeBack();
    await connected();
    await expectAnswer(channel);
  });

  it("joins anew where Discord wants more shards than it did", async () => {
    const { channel } = discord.addGuild();
    await bot.start();
    discord.gateway.forgetSessions();
    discord.gateway.drop(GatewayCloseCodes.ShardingRequired);
    await expect.poll(() => discord.gateway.counts.identified, patient).toBe(2);
    await connected();
    await expectAnswer(channel);
  });

  it.each([
    [GatewayCloseCodes.AuthenticationFailed, "Copy it anew from the developer portal, page Bot, and restart"],
    [GatewayCloseCodes.DisallowedIntents, "restart Rora"],
  ])("that ends for good (%i) says what to do", async (code, words) => {
    await bot.start();
    discord.gateway.drop(code);
    await expect.poll(() => bot.state().detail, patient).toContain(words);
    expect(bot.state().ok).toBe(false);
  });

  it("leaves for good, even while it is connecting again", async () => {
    await bot.start();
    discord.goAway();
    await expect.poll(() => discord.gateway.counts.turnedAway, patient).toBeGreaterThan(0);
    await bot.stop();
    discord.comeBack();
    // Longer than the library waits before it connects again.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 0 });
    expect(discord.gateway.connections()).toBe(0);
  });
});
