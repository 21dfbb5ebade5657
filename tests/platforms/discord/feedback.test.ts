import { describe, expect, it } from "vitest";
import {
  answerIn,
  formOf,
  interactionIdOf,
  MENTION,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { type StoredMessage, textOf } from "../../support/discord/world.ts";

const stage = useStage();
async function answer(scene: Scene): Promise<StoredMessage> {
  scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
  return answerIn(scene);
}
/** Current verdicts on an answer: who, what, and whether they had asked. */
async function verdicts(message: StoredMessage) {
  const rows = await stage.host.database.client.feedback.findMany({
    where: { interactionId: interactionIdOf(message), supersededAt: null },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ verdict, isAsker }) => `${verdict} by ${isAsker ? "the asker" : "somebody else"}`);
}
const become = (message: StoredMessage, wanted: string[]) =>
  expect.poll(() => verdicts(message), patient).toEqual(wanted);

describe("Discord: feedback", () => {
  it("by thumbs is kept, the asker's apart from others', and taken back with them", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    discord.react("added", message.id, "👍");
    await become(message, ["helpful by the asker"]);
    discord.react("added", message.id, "👎🏽", discord.bob);
    await become(message, ["helpful by the asker", "unhelpful by somebody else"]);
    discord.react("removed", message.id, "👍");
    await become(message, ["unhelpful by somebody else"]);
    discord.react("added", message.id, "👎");
    await become(message, ["unhelpful by somebody else", "unhelpful by the asker"]);
    const history = await stage.host.database.client.feedback.count({
      where: { interactionId: interactionIdOf(message) },
    });
    expect(history).toBe(3);
  });

  it("by other reactions, and to other messages, is none", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const message = await answer(scene);
    discord.react("added", message.id, "🎉");
    discord.react("added", discord.say(channel, "something else").id, "👍");
    discord.react("added", message.id, "👍", discord.bob);
    await become(message, ["helpful by somebody else"]);
  });

  it("by thumbs arrives for answers that an earlier process gave", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    await stage.restart(scene);
    discord.react("added", message.id, "👍");
    await become(message, ["helpful by the asker"]);
    discord.react("removed", message.id, "👍");
    await become(message, []);
  });

  it("by button is thanked for privately", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    discord.press(message.id, "helpful", { user: discord.bob });
    expect((await saidIn(scene, "Thank you")).hiddenFor).toBe(discord.bob.id);
    await become(message, ["helpful by somebody else"]);
  });

  it("by button opens a form that takes a reason, the right entity and the right answer", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    const form = await formOf(discord.press(message.id, "unhelpful"));
    await become(message, ["unhelpful by the asker"]);
    expect(JSON.stringify(form.form)).toContain("Romania");
    discord.submit(form, { reason: "wrong-entity", entity: "country:ro", answer: "The Romanian leu." });
    await saidIn(scene, "The correction is kept");
    const where = { interactionId: interactionIdOf(message), supersededAt: null };
    expect(await stage.host.database.client.feedback.findFirst({ where })).toMatchObject({
      verdict: "unhelpful",
      reason: "wrong-entity",
      correctEntityId: "country:ro",
      correctedAnswer: "The Romanian leu.",
      isAsker: true,
    });
    // What was said at length is not taken back by taking back a thumb.
    discord.react("removed", message.id, "👎");
    discord.press(message.id, "helpful", { user: discord.bob });
    await become(message, ["unhelpful by the asker", "helpful by somebody else"]);
  });

  it("with a better picture asks again about that one", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const message = await answer(scene);
    const form = await formOf(discord.press(message.id, "unhelpful"));
    discord.submit(form, { picture: await picture("better.png") });
    await saidIn(scene, "The correction is kept");
    await answerIn(scene, channel, 2);
    expect(stage.host.assistant.questions.at(-1)).toMatchObject({ text: "Which money?" });
  });

  it("shows why, to who wants to know alone: the picture, the evidence with scores, and what was rejected", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    discord.press(message.id, "why", { user: discord.bob });
    const why = await saidIn(scene, "What this answer rests on");
    expect(why.hiddenFor).toBe(discord.bob.id);
    expect(textOf(why)).toMatch(/Cited · Chad\*\* · relevance 86 %, likeness 91 %/);
    expect(why.attachments.map(({ filename }) => filename)).toEqual(["relevance.png"]);
  });

  it("on an answer that was erased says so", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const message = await answer(scene);
    await stage.host.ledger.erasePerson(stage.host.assistant.questions.at(-1)!.asker);
    discord.press(message.id, "why");
    await saidIn(scene, "no longer kept");
    expect(await stage.host.database.client.chatPost.count({ where: { answerMessage: message.id } })).toBe(0);
  });
});
