import { PermissionFlagsBits } from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  answerIn,
  formOf,
  interactionIdOf,
  MENTION,
  openScene,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/discord/scene.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { type StoredMessage, textOf } from "../../support/discord/world.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

async function answer(): Promise<StoredMessage> {
  scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
  return answerIn(scene);
}
/** Current verdicts on an answer: who, what, and whether they had asked. */
async function verdicts(message: StoredMessage) {
  const rows = await host.database.client.feedback.findMany({
    where: { interactionId: interactionIdOf(message), supersededAt: null },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ verdict, isAsker }) => `${verdict} by ${isAsker ? "the asker" : "somebody else"}`);
}
const become = (message: StoredMessage, wanted: string[]) =>
  expect.poll(() => verdicts(message), patient).toEqual(wanted);

describe("Discord: feedback", () => {
  it("by thumbs is kept, the asker's apart from others', and taken back with them", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    discord.react("added", message.id, "👍");
    await become(message, ["helpful by the asker"]);
    discord.react("added", message.id, "👎🏽", discord.bob);
    await become(message, ["helpful by the asker", "unhelpful by somebody else"]);
    discord.react("removed", message.id, "👍");
    await become(message, ["unhelpful by somebody else"]);
    discord.react("added", message.id, "👎");
    await become(message, ["unhelpful by somebody else", "unhelpful by the asker"]);
    const history = await host.database.client.feedback.count({
      where: { interactionId: interactionIdOf(message) },
    });
    expect(history).toBe(3);
  });

  it("by other reactions, and to other messages, is none", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const message = await answer();
    discord.react("added", message.id, "🎉");
    discord.react("added", discord.say(channel, "something else").id, "👍");
    discord.react("added", message.id, "👍", discord.bob);
    await become(message, ["helpful by somebody else"]);
  });

  it("by thumbs arrives for answers that an earlier process gave", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    await scene.bot.stop();
    const second = host.bot(discord);
    await second.start();
    discord.react("added", message.id, "👍");
    await become(message, ["helpful by the asker"]);
    await second.stop();
  });

  it("by button is thanked for privately", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    discord.press(message.id, "helpful", { user: discord.bob });
    expect((await saidIn(scene, "Thank you")).hiddenFor).toBe(discord.bob.id);
    await become(message, ["helpful by somebody else"]);
  });

  it("by button opens a form that takes a reason, the right entity and the right answer", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    const form = await formOf(discord.press(message.id, "unhelpful"));
    await become(message, ["unhelpful by the asker"]);
    expect(JSON.stringify(form.form)).toContain("Romania");
    discord.submit(form, { reason: "wrong-entity", entity: "country:ro", answer: "The Romanian leu." });
    await saidIn(scene, "The correction is kept");
    const where = { interactionId: interactionIdOf(message), supersededAt: null };
    expect(await host.database.client.feedback.findFirst({ where })).toMatchObject({
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
    scene = await openScene(host);
    const { discord, channel } = scene;
    const message = await answer();
    const form = await formOf(discord.press(message.id, "unhelpful"));
    discord.submit(form, { picture: await picture("better.png") });
    await saidIn(scene, "The correction is kept");
    await answerIn(scene, channel, 2);
    expect(host.assistant.questions.at(-1)).toMatchObject({ text: "Which money?" });
  });

  it("shows why, to who wants to know alone: the picture, the evidence with scores, and what was rejected", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    discord.press(message.id, "why", { user: discord.bob });
    const why = await saidIn(scene, "What this answer rests on");
    expect(why.hiddenFor).toBe(discord.bob.id);
    expect(textOf(why)).toMatch(/Cited · Chad\*\* · relevance 86 %, likeness 91 %/);
    expect(why.attachments.map(({ filename }) => filename)).toEqual(["relevance.png"]);
  });

  it("on an answer that was erased says so", async () => {
    scene = await openScene(host);
    const { discord } = scene;
    const message = await answer();
    await host.ledger.erasePerson(host.assistant.questions.at(-1)!.asker);
    discord.press(message.id, "why");
    await saidIn(scene, "no longer kept");
    expect(await host.database.client.chatPost.count({ where: { answerMessage: message.id } })).toBe(0);
  });
});

describe("Discord: settings", () => {
  const admin = { permissions: PermissionFlagsBits.ManageGuild };

  it("are for those who may manage the server", async () => {
    scene = await openScene(host);
    scene.discord.command(scene.channel, "rora training", { allowed: true });
    expect((await saidIn(scene, "may manage the server")).hiddenFor).toBe(scene.discord.alice.id);
  });

  it("take effect at once, and are there after a restart", async () => {
    scene = await openScene(host);
    const { discord, channel, guild } = scene;
    const other = discord.addChannel(guild);
    discord.command(channel, "rora channel", { channel: other, allowed: true }, admin);
    await saidIn(scene, `Channels: <#${other}>`);
    discord.command(channel, "ask", { question: "Which money?" });
    await saidIn(scene, "I answer only in");
    discord.command(channel, "lookup", { name: "Chad" });
    const refused = () => discord.textsIn(channel).filter((text) => text.includes("I answer only in")).length;
    await expect.poll(refused, patient).toBe(2);
    await scene.bot.stop();
    const second = host.bot(discord);
    await second.start();
    discord.command(channel, "ask", { question: "Which money?" });
    await expect.poll(refused, patient).toBe(3);
    discord.command(other, "ask", { question: "Which money?" });
    await answerIn(scene, other);
    await second.stop();
  });

  it("can let certain roles ask alone", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.command(channel, "rora role", { role: "123456", allowed: true }, admin);
    await saidIn(scene, "Who may ask: <@&123456>");
    discord.command(channel, "ask", { question: "Which money?" });
    await saidIn(scene, "only certain roles");
    discord.command(channel, "ask", { question: "Which money?" }, { roles: ["123456"] });
    await answerIn(scene);
  });

  it("can keep answers to commands private", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.command(channel, "rora answers", { private: true }, admin);
    await saidIn(scene, "only for who asked");
    discord.command(channel, "ask", { question: "Which money?" });
    expect((await answerIn(scene)).hiddenFor).toBe(discord.alice.id);
  });

  it("can set a language for everybody, and allow training, which is off by default", async () => {
    scene = await openScene(host);
    const { discord, channel, guild } = scene;
    discord.command(channel, "rora show", {}, admin);
    await saidIn(scene, "Training: not allowed");
    discord.command(channel, "rora language", { language: "fr" }, admin);
    await saidIn(scene, "Langue: fr");
    discord.command(channel, "rora training", { allowed: true }, admin);
    await saidIn(scene, "Entraînement: autorisé");
    const policy = await host.database.client.tenantPolicy.findUnique({
      where: { tenant: `discord:${guild}` },
    });
    expect(policy).toMatchObject({ trainingAllowed: true });
    discord.command(channel, "help");
    await saidIn(scene, "Envoie une image");
  });
});
