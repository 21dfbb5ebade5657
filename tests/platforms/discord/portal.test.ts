import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { openDiscordPortal } from "../../../src/start/discord.ts";
import { type LoopbackDiscord, openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { APPLICATION_ID, EVERYTHING_NEEDED, TOKEN } from "../../support/discord/world.ts";

let discord: LoopbackDiscord;
beforeEach(async () => {
  discord = await openLoopbackDiscord();
});
afterEach(() => discord.close());

const portal = (token = TOKEN) => openDiscordPortal(readConfig({ DISCORD_TOKEN: token }), discord.endpoints);
const states = async () => (await portal().examine()).map(({ state }) => state);

describe("rora discord", () => {
  it("registers the commands once, for everybody or on one server", async () => {
    expect([await portal().register(), await portal().register()]).toEqual([true, false]);
    expect([await portal().register("42"), await portal().register("42")]).toEqual([true, false]);
    expect([...discord.world.commands.keys()]).toEqual(["global", "42"]);
  });

  it("prints the link of its own application", async () => {
    expect(await portal().invite()).toContain(`client_id=${APPLICATION_ID}`);
  });

  it("wants a token first", () => {
    expect(() => openDiscordPortal(readConfig({}), discord.endpoints)).toThrow("Set DISCORD_TOKEN first");
  });
});

describe("rora doctor on Discord", () => {
  it("says what is missing, and is content once it is there", async () => {
    expect(await states()).toEqual(["ok", "ok", "note", "note"]);
    discord.addGuild();
    await portal().register();
    expect(await states()).toEqual(["ok", "ok", "ok", "ok"]);
  });

  it("names the permissions that a server does not grant", async () => {
    discord.addGuild({ permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.EmbedLinks });
    expect(await portal().examine()).toContainEqual(
      expect.objectContaining({ state: "broken", detail: expect.stringContaining("lacks EmbedLinks") }),
    );
  });

  it("says of a wrong token that it is wrong, without showing it", async () => {
    const fault = await portal("wrong.wrong.wrong-token")
      .examine()
      .catch((error: Error) => error);
    expect(String(fault)).toContain("does not know this DISCORD_TOKEN");
    expect(String(fault)).not.toContain("wrong-token");
  });
});
