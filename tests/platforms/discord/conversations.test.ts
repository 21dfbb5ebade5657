import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, formOf, MENTION, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();
const asked = () => stage.host.assistant.questions.at(-1)!;

describe("Discord: asking on", () => {
  it("directly, and goes on with the same conversation", async () => {
    const scene = await stage.open();
    const direct = scene.discord.directChannel();
    scene.discord.say(direct, "Which money?", { files: [await picture()] });
    await answerIn(scene, direct);
    const first = asked();
    scene.discord.say(direct, "And in the north?");
    await answerIn(scene, direct, 2);
    const kept = await stage.host.ledger.conversation(asked().conversation!, first.asker.tenant);
    expect(kept).toMatchObject({ turns: 2 });
  });

  it("on by replying to an answer, without a mention, within its conversation", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    discord.say(channel, "And in the north?", { replyTo: answer.id, author: discord.bob });
    await answerIn(scene, channel, 2);
    const [first, second] = stage.host.assistant.questions.slice(-2);
    expect(second!.conversation).toBeDefined();
    expect(second!.asker.pseudonym).not.toBe(first!.asker.pseudonym);
    expect(await stage.host.ledger.conversation(second!.conversation!, second!.asker.tenant)).toMatchObject({
      turns: 2,
    });
  });

  it("on by the button below an answer, which opens a form", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const form = await formOf(discord.press((await answerIn(scene)).id, "ask-on"));
    discord.submit(form, { question: "And in the north?" });
    await answerIn(scene, channel, 2);
    expect(await stage.host.ledger.conversation(asked().conversation!, asked().asker.tenant)).toMatchObject({
      turns: 2,
    });
  });

  it("in a thread goes on there, and says once what cannot be read in it", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const admin = { permissions: PermissionFlagsBits.ManageGuild };
    discord.command(channel, "rora answers", { thread: true }, admin);
    await saidIn(scene, "in a thread");
    const question = discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await answerIn(scene, question.id);
    discord.announce(discord.world.messages.get(question.id)!);
    discord.say(question.id, `${MENTION} And in the north?`);
    await answerIn(scene, question.id, 2);
    expect(await stage.host.ledger.conversation(asked().conversation!, asked().asker.tenant)).toMatchObject({
      turns: 2,
    });
    discord.say(question.id, "What about the south?");
    await saidIn(scene, "I can read only what mentions me", question.id);
    discord.say(question.id, "Hello?");
    discord.say(question.id, `${MENTION} And in the east?`);
    await answerIn(scene, question.id, 3);
    expect(
      scene.discord.textsIn(question.id).filter((text) => text.includes("I can read only")),
    ).toHaveLength(1);
  });

  it("an answer longer than a message is cut at a sentence, and read whole by a button, privately", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money, at length?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(textOf(answer)).toMatch(/Reason \d+ is a good one\.…/);
    expect(textOf(answer)).not.toContain("Reason 299");
    discord.press(answer.id, "more");
    const last = await saidIn(scene, "Reason 299 is a good one.");
    expect(last.hiddenFor).toBe(discord.alice.id);
    const pages = discord.answersIn(channel).filter(({ hiddenFor }) => hiddenFor !== undefined);
    const whole = pages.map(textOf).join(" ").replace(/\s+/g, " ");
    for (let index = 0; index < 300; index++) expect(whole).toContain(`Reason ${index} is`);
  });
});
