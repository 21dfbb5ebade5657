import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, MENTION, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();

describe("Discord: what cannot be answered is told", () => {
  it("to who used a command alone, with the reference", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "ask", { question: "unreadable", image: await picture() });
    const told = await saidIn(scene, "not a picture Rora can read");
    expect(told.hiddenFor).toBe(discord.alice.id);
    expect(textOf(told)).toContain("Reference: ");
    expect(discord.answersIn(channel)).toEqual([told]);
  });

  it("not knowing is told with what was seen", async () => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION} abstain`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(textOf(answer)).toContain("Nothing that is known fits this picture");
    expect(textOf(answer)).toContain("It could also be");
  });

  it("being busy, with when to come back", async () => {
    const scene = await stage.open();
    scene.discord.command(scene.channel, "ask", { question: "busy" });
    await saidIn(scene, "Many people are asking");
  });

  it("a fault of ours, without its details", async () => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION} break`);
    const told = await saidIn(scene, "Something went wrong on our side");
    expect(JSON.stringify([told, ...told.history])).not.toContain("secret detail");
  });

  it("too many questions in an hour, with when to ask again", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(
      channel,
      "rora limit",
      { questions: 1 },
      { permissions: PermissionFlagsBits.ManageGuild },
    );
    await saidIn(scene, "Questions a member and hour: 1");
    discord.command(channel, "ask", { question: "Which money?" });
    await answerIn(scene);
    discord.command(channel, "ask", { question: "Which money?" });
    expect((await saidIn(scene, "Ask again in 60 minutes")).hiddenFor).toBe(discord.alice.id);
    await stage.restart(scene);
    discord.command(channel, "ask", { question: "Which money?" }, { locale: "de" });
    await saidIn(scene, "Mehr Fragen erlaubt dieser Server in einer Stunde nicht");
  });
});
