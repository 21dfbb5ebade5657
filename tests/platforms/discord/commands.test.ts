import { describe, expect, it } from "vitest";
import { saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();

describe("Discord: commands beside asking", () => {
  it("looks an entity up by name, and says so when there is none", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "lookup", { name: "Chad" });
    const card = await saidIn(scene, "Chad is a country");
    expect(card.attachments).toHaveLength(1);
    discord.command(channel, "lookup", { name: "@everyone" });
    expect(textOf(await saidIn(scene, "nothing called"))).not.toContain("@everyone");
  });

  it("helps and introduces itself in the language of who asks, to them alone", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "help", {}, { locale: "de" });
    expect((await saidIn(scene, "Sende ein Bild")).hiddenFor).toBe(discord.alice.id);
    discord.command(channel, "about", {}, { locale: "ja" });
    await saidIn(scene, "仮名");
  });
});
