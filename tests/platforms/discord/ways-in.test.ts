import { MessageFlags } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, formOf, MENTION, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { BOT, textOf } from "../../support/discord/world.ts";

const stage = useStage();
const asked = () => stage.host.assistant.questions.at(-1)!;

describe("Discord: asking", () => {
  it("by a mention with a picture is answered in one message that fills in", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const question = discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(discord.answersIn(channel)).toEqual([answer]);
    expect(answer.message_reference?.message_id).toBe(question.id);
    expect(answer.history.length).toBeGreaterThan(0);
    expect(textOf(answer)).toContain("Central African CFA franc");
    expect(textOf(answer)).toContain("[Chad](https://en.wikipedia.org/wiki/Chad)");
    expect(answer.flags & MessageFlags.IsComponentsV2).toBeTruthy();
    expect(JSON.stringify(answer.components)).toContain(scene.discord.endpoints.attachments.hosts[0]);
    expect(asked()).toMatchObject({
      text: "Which money?",
      platform: "discord",
      platformEventId: question.id,
    });
    expect(asked().image!.bytes).toEqual((await picture()).bytes);
    expect(JSON.stringify(asked().asker)).not.toContain(discord.alice.id);
  });

  it("by a mention in a reply to a message with a picture looks at that one", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = discord.say(channel, "look at this", { files: [await picture()], author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await answerIn(scene);
    expect(asked().image).toBeDefined();
  });

  it("says what to do where Discord hides the picture of the message replied to", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.world.hidesReplies = true;
    const shown = discord.say(channel, "look at this", { files: [await picture()], author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await saidIn(scene, "Apps → Ask about this image");
  });

  it("by command with a picture, and with three of them at once", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "ask", { question: "Which money?", image: await picture() });
    await answerIn(scene);
    const files = { image: await picture(), image2: await picture(), image3: await picture() };
    discord.command(channel, "ask", { question: "Which money?", ...files });
    await answerIn(scene, channel, 4);
  });

  it("by command without a picture", async () => {
    const scene = await stage.open();
    scene.discord.command(scene.channel, "ask", { question: "Which money in Chad?" });
    await answerIn(scene);
    expect(asked().image).toBeUndefined();
  });

  it("by command where only a person has installed it keeps within Discord's five follow-ups", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const files = { image: await picture(), image2: await picture(), image3: await picture() };
    const used = discord.command(
      channel,
      "ask",
      { question: "Which money?", ...files },
      { userInstall: true },
    );
    await answerIn(scene, channel, 3);
    expect(used.followUps).toBe(2);
    expect(asked().asker.tenant).toBe("discord:direct");
  });

  it("by the menu of anybody's message opens a form, and asks about its picture", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = discord.say(channel, "my holidays", { files: [await picture()], author: discord.bob });
    const form = await formOf(discord.messageCommand(shown.id, "Ask about this image"));
    discord.submit(form, { question: "Which money?" });
    await answerIn(scene);
    expect(asked().image).toBeDefined();
    const empty = discord.say(channel, "no picture here", { author: discord.bob });
    discord.messageCommand(empty.id, "Ask about this image");
    const told = await saidIn(scene, "no picture in that message");
    expect(told.hiddenFor).toBe(discord.alice.id);
  });

  it("directly in a reply to a picture looks at that one", async () => {
    const scene = await stage.open();
    const direct = scene.discord.directChannel();
    const shown = scene.discord.say(direct, "Here it is.", { files: [await picture()] });
    await answerIn(scene, direct);
    scene.discord.say(direct, "Which money?", { replyTo: shown.id });
    await answerIn(scene, direct, 2);
    expect(asked()).toMatchObject({ text: "Which money?", image: expect.anything() });
  });

  it("hears nothing from bots, itself included, and nothing that is not meant for it", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const before = stage.host.assistant.questions.length;
    discord.say(channel, `${MENTION} Which money?`, { author: discord.botPerson });
    discord.say(channel, `${MENTION} Which money?`, { author: BOT as never });
    discord.say(channel, "Which money?", { files: [await picture()] });
    discord.say(channel, `${MENTION} This one is meant.`);
    await answerIn(scene);
    expect(stage.host.assistant.questions.slice(before).map(({ text }) => text)).toEqual([
      "This one is meant.",
    ]);
  });

  it("twice by the same event answers once", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const before = stage.host.assistant.questions.length;
    const question = discord.say(channel, `${MENTION} Which money?`);
    discord.announce(discord.world.messages.get(question.id)!);
    await answerIn(scene);
    discord.announce(discord.world.messages.get(question.id)!);
    discord.say(channel, `${MENTION} And after that?`);
    await answerIn(scene, channel, 2);
    expect(stage.host.assistant.questions.length - before).toBe(2);
  });

  it("by command in a conversation among people, of which one has installed it", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const group = discord.groupChannel();
    discord.command(
      group,
      "ask",
      { question: "Which money?", image: await picture() },
      { userInstall: true },
    );
    await answerIn(scene, group);
    expect(asked().asker.tenant).toBe("discord:direct");
  });
});
