import { MessageFlags, PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, MENTION, patient, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { EVERYTHING_NEEDED } from "../../support/discord/world.ts";

const stage = useStage();

describe("Discord: missing permissions", () => {
  it("without the right to embed comes as text, and says so", async () => {
    const scene = await stage.open({ permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.EmbedLinks });
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(answer.flags & MessageFlags.IsComponentsV2).toBe(0);
    expect(answer.content).toContain("I may not embed links here");
  });

  it("without the right to attach files comes without pictures", async () => {
    const scene = await stage.open({ permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.AttachFiles });
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
    expect((await answerIn(scene)).attachments).toEqual([]);
  });

  it("without the right to write is told directly", async () => {
    const scene = await stage.open({ permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.SendMessages });
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const direct = () =>
      [...discord.world.channels.values()].find(({ recipient }) => recipient?.id === discord.alice.id);
    await expect.poll(() => direct() !== undefined, patient).toBe(true);
    await saidIn(scene, "I may not write in", direct()!.id);
    expect(discord.answersIn(channel)).toEqual([]);
  });

  it("without the right to read what was said before answers below the question, and asks for the picture", async () => {
    const permissions = EVERYTHING_NEEDED & ~PermissionFlagsBits.ReadMessageHistory;
    const scene = await stage.open({ permissions });
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    expect((await answerIn(scene)).message_reference).toBeUndefined();
    discord.world.hidesReplies = true;
    const shown = discord.say(channel, "look", { files: [await picture()], author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await saidIn(scene, "I cannot see the picture in the message you replied to");
  });

  it("without the right to open threads answers in the channel", async () => {
    const permissions = EVERYTHING_NEEDED & ~PermissionFlagsBits.CreatePublicThreads;
    const scene = await stage.open({ permissions });
    const { discord, channel } = scene;
    discord.command(
      channel,
      "rora answers",
      { thread: true },
      { permissions: PermissionFlagsBits.ManageGuild },
    );
    await saidIn(scene, "in a thread");
    discord.say(channel, `${MENTION} Which money?`);
    await answerIn(scene, channel);
  });
});
