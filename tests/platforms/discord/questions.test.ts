import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DiscordBot } from "../../../bots/discord/main.ts";
import { createWebApp } from "../../../bots/web/app.ts";
import { createAdmission } from "../../../src/admission.ts";
import { createLog } from "../../../src/log.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { start } from "../../../src/start.ts";
import { animatedPng } from "../../support/animated-png.ts";
import { type CoreForDiscord, openCoreForDiscord } from "../../support/discord/joined.ts";
import { type LoopbackDiscord, openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { interactionIdOf, isAnswer, MENTION, patient } from "../../support/discord/scene.ts";
import { textOf } from "../../support/discord/world.ts";
import { flagPhoto } from "../../support/flag-photo.ts";

let host: CoreForDiscord;
let discord: LoopbackDiscord;
let bot: DiscordBot;
let place: { guild: string; channel: string };

beforeAll(async () => {
  host = await openCoreForDiscord();
}, 600_000);
afterAll(() => host?.close());

beforeEach(async () => {
  discord = await openLoopbackDiscord();
  place = discord.addGuild();
  bot = await host.bot(discord, { queueLimit: 300 });
  await bot.start();
});
afterEach(async () => {
  await bot?.stop();
  await discord?.close();
});

const photo = async (code: string) => {
  const file = await flagPhoto(code);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
};
const answers = () => discord.answersIn(place.channel).filter(isAnswer);
const answered = async (count: number) => {
  await expect.poll(() => answers().length, patient).toBe(count);
  return answers().at(-1)!;
};

describe("the starter model in Discord", () => {
  it("answers about a picture, is asked on about it, shows why, and keeps what people say", async () => {
    discord.say(place.channel, `${MENTION} What is the capital?`, { files: [await photo("fr")] });
    const answer = await answered(1);
    expect(textOf(answer)).toContain("France");
    discord.say(place.channel, "And which languages?", { replyTo: answer.id, author: discord.bob });
    const second = await answered(2);
    const tenant = `discord:${place.guild}`;
    const [one, two] = await Promise.all(
      [answer, second].map((shown) => host.core.stores.ledger.interaction(interactionIdOf(shown), tenant)),
    );
    expect(two!.imageSha256).toBe(one!.imageSha256);
    expect(two!.reply.conversation).toBe(one!.reply.conversation);

    discord.press(second.id, "why");
    const why = () => discord.answersIn(place.channel).find((shown) => shown.hiddenFor === discord.alice.id);
    await expect.poll(() => why()?.attachments.length, patient).toBe(1);
    discord.react("added", answer.id, "👎", discord.bob);
    const verdicts = () =>
      host.core.stores.database.client.feedback.findMany({ where: { interactionId: one!.id } });
    await expect.poll(verdicts, patient).toMatchObject([{ verdict: "unhelpful", isAsker: false }]);
  });

  it("says which frame of an animated picture was looked at", async () => {
    const still = (await photo("td")).bytes;
    const frames = await Promise.all(
      [still, await sharp(still).flop().toBuffer()].map((frame) =>
        sharp(frame).resize(200, 150, { fit: "fill" }).toBuffer(),
      ),
    );
    const animated = () => sharp(frames, { join: { animated: true } });
    const files = {
      "a.gif": await animated().gif().toBuffer(),
      "a.webp": await animated().webp().toBuffer(),
      "a.png": animatedPng(await sharp(frames[0]).png().toBuffer()),
    };
    for (const [number, [name, bytes]] of Object.entries(files).entries()) {
      discord.say(place.channel, `${MENTION} What is the capital?`, { files: [{ name, bytes }] });
      expect(textOf(await answered(number + 1))).toContain("only its first frame was read");
    }
  });

  it("answers two hundred questions at once: none lost, none doubled, and says how many are before", async () => {
    const codes = ["fr", "jp", "td", "br"];
    const photos = await Promise.all(codes.map(photo));
    for (let number = 0; number < 200; number++) {
      const author = { ...discord.alice, id: discord.world.snowflake() };
      discord.say(place.channel, `${MENTION} Question ${number}: the capital?`, {
        files: [photos[number % 4]!],
        author,
      });
    }
    await expect.poll(() => answers().length, { timeout: 900_000, interval: 250 }).toBe(200);
    expect(discord.answersIn(place.channel)).toHaveLength(200);
    const rows = await host.core.stores.database.client.interaction.findMany({
      where: { question: { startsWith: "Question " }, status: "completed" },
    });
    expect(rows.map(({ id }) => id).sort()).toEqual(answers().map(interactionIdOf).sort());
    const shown = answers().flatMap(({ history }) => history);
    expect(shown.join("\n")).toMatch(/\d+ questions? (is|are) before yours/);
  }, 1_000_000);

  it("is told about by /ready and /metrics", async () => {
    const admission = createAdmission(host.core.assistant, { atOnce: 1, queueLimit: 0 });
    const options = coreWebOptions(host.core, admission, host.config, createLog("silent"), {
      discord: bot,
    });
    const app = createWebApp(options, new AbortController().signal, () => false);
    const ready = (await (await app.request("/ready")).json()) as { dependencies: object };
    expect(ready.dependencies).toMatchObject({
      discord: { ok: true, detail: "1 of 1 shards connected, 1 servers" },
    });
    expect(await (await app.request("/metrics")).text()).toContain("rora_discord_connected_shards 1");
  });

  it("joins when Rora starts with a token, as soon as Discord is there, and leaves when it stops, after what it was asked", async () => {
    await bot.stop();
    await host.core.close();
    const config = { ...host.config, web: { ...host.config.web, port: 0 } };
    const signal = new AbortController().signal;
    discord.goAway();
    const running = await start(config, createLog("silent"), { signal, discord: discord.endpoints });
    const ready = async () => (await fetch(`${running.url}/ready`)).json();
    expect(await ready()).toMatchObject({ ready: true, dependencies: { discord: { ok: false } } });
    discord.comeBack();
    await expect.poll(ready, patient).toMatchObject({ dependencies: { discord: { ok: true } } });
    discord.say(place.channel, `${MENTION} What is the capital of Chad?`);
    await expect.poll(() => discord.answersIn(place.channel).length, patient).toBe(1);
    await running.close();
    expect(answers()).toHaveLength(1);
    await expect.poll(() => discord.gateway.connections(), patient).toBe(0);
  }, 180_000);
});
