import { describe, expect, it } from "vitest";
import { refusals } from "../../support/discord/api-error.ts";
import {
  answerIn,
  isAnswer,
  MENTION,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();
const openPosts = () => stage.host.database.client.chatPost.count({ where: { closedAt: null } });
/** The question was worked on to its end. */
const done = () => expect.poll(openPosts, patient).toBe(0);
const begun = (scene: Scene) =>
  expect.poll(() => scene.discord.answersIn(scene.channel).length, patient).toBeGreaterThan(0);
/** Answers take a moment, in which things happen. */
async function slowly(work: () => Promise<void>) {
  stage.host.pace.milliseconds = 400;
  try {
    await work();
  } finally {
    stage.host.pace.milliseconds = 0;
  }
}

describe("Discord: what happens while a question is answered", () => {
  it("its message is edited: the question that was asked is answered, once", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const before = stage.host.assistant.questions.length;
    await slowly(async () => {
      const question = discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
      await begun(scene);
      discord.edit(question.id, `${MENTION} Which language?`);
      await answerIn(scene);
    });
    expect(stage.host.assistant.questions.slice(before).map(({ text }) => text)).toEqual(["Which money?"]);
  });

  it("its message is deleted: the answer stands by itself", async () => {
    const scene = await stage.open();
    const question = scene.discord.say(scene.channel, `${MENTION} Which money?`);
    scene.discord.remove(question.id);
    await answerIn(scene);
  });

  it("the answer is deleted: it stays away, and nobody is told of a loss later", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    await slowly(async () => {
      discord.say(channel, `${MENTION} Which money?`);
      await begun(scene);
      discord.remove(discord.answersIn(channel)[0]!.id);
      await done();
    });
    await stage.restart(scene);
    expect(discord.answersIn(channel)).toEqual([]);
  });

  it("the answer to a command is deleted: it stays away", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    await slowly(async () => {
      discord.command(channel, "ask", { question: "Which money?" });
      await begun(scene);
      discord.remove(discord.answersIn(channel)[0]!.id);
      await done();
    });
    expect(discord.answersIn(channel)).toEqual([]);
  });

  it("the channel is deleted: other questions are answered all the same", async () => {
    const scene = await stage.open();
    const { discord, channel, guild } = scene;
    const other = discord.addChannel(guild);
    await slowly(async () => {
      discord.say(channel, `${MENTION} Which money?`);
      await begun(scene);
      discord.removeChannel(channel);
      discord.say(other, `${MENTION} Which money?`);
      await answerIn(scene, other);
    });
    await done();
  });

  it("the command's token expires: the bot answers as itself", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    await slowly(async () => {
      discord.command(channel, "ask", { question: "Which money?" });
      await begun(scene);
      discord.world.patience.token = 0;
      await answerIn(scene);
    });
    expect(discord.requests).toContain(`POST /channels/${channel}/messages`);
  });

  it("components are refused in the middle: the message gives way to one with embeds", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.refuseNext(/^PATCH .channels/, refusals.invalidBody(["components: not any more"]));
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(answer.embeds).toMatchObject([{ title: "Chad" }]);
    expect(discord.answersIn(channel)).toEqual([answer]);
  });

  it("components are refused in the middle of a command: likewise", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    await slowly(async () => {
      discord.command(channel, "ask", { question: "Which money?", image: await picture() });
      await expect.poll(() => discord.textsIn(channel).join(), patient).toContain("Looking");
      discord.refuseNext(/^PATCH .webhooks/, refusals.invalidBody(["components: not any more"]));
      const answer = await answerIn(scene);
      expect(answer.embeds).toMatchObject([{ title: "Chad" }]);
      expect(discord.answersIn(channel).filter(isAnswer)).toEqual([answer]);
    });
    expect(discord.answersIn(channel)).toHaveLength(1);
  });

  it("a button of an answer that was deleted is pressed on a screen that still shows it", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`);
    const answer = await answerIn(scene);
    const pressed = discord.press(answer.id, "why");
    discord.world.messages.delete(answer.id);
    const why = await saidIn(scene, "What this answer rests on");
    expect([pressed.hidden, textOf(why).includes("Chad")]).toEqual([true, true]);
  });
});
