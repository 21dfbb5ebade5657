import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import { DEFAULT_CHAT_SETTINGS } from "../../../src/domain/settings.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { plain } from "../../support/slack/blocks.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { Refusal, TooMany } from "../../support/slack/refusal.ts";
import {
  answerIn,
  interactionIdOf,
  isAnswer,
  modalOf,
  openScene,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

const tenant = () => `slack:${scene.slack.team.id}`;
const kept = (message: Parameters<typeof interactionIdOf>[0]) =>
  host.ledger.interaction(interactionIdOf(message), tenant());
const asked = () => host.assistant.questions.at(-1)!;

describe("Slack: asking", () => {
  it("by a mention with a picture is answered in the thread below it, with sources, cards and buttons", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer.threadTs).toBe(question.ts);
    expect(answer.text).toContain("Central African CFA franc");
    expect(textOf(answer)).toMatch(/Quite sure \(82 %\) · Sources: <https/);
    expect(answer.blocks.filter(({ accessory }) => accessory?.type === "image")).toHaveLength(1);
    expect(await kept(answer)).toMatchObject({ question: "Which money?", reply: { kind: "answer" } });
    expect(slack.shown[0]).toMatchObject({ kind: "status", channel, threadTs: question.ts });
    expect(slack.shown[0]!.text).toBe("Looking at the picture…");
    expect(slack.calls).toContain("chat.startStream");
    expect(slack.answersIn(channel)).toHaveLength(1);
  });

  it("by a mention in the thread below a picture is about that picture, and goes on without it", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const posted = slack.say(channel, "Look at this", { files: [await picture()], author: slack.bob });
    slack.mention(channel, "Which money?", { thread: posted });
    const first = await answerIn(scene, channel);
    expect(asked().image).toBeDefined();
    slack.mention(channel, "And in the north?", { thread: posted, author: slack.bob });
    const second = await answerIn(scene, channel, 2);
    expect(asked().image).toBeUndefined();
    expect((await kept(second))!.reply.conversation).toBe((await kept(first))!.reply.conversation);
    expect(slack.calls.filter((name) => name === "conversations.replies")).toHaveLength(1);
  });

  it.each([
    ["because Slack says to come back in a minute", () => new TooMany(60)],
    ["because a scope is missing", () => new Refusal("missing_scope")],
  ])("below a picture that it cannot see, %s, says what to do instead", async (_, error) => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const posted = slack.say(channel, "Look", { files: [await picture()] });
    slack.refuseNext(/conversations.replies/, error());
    slack.mention(channel, "Which money?", { thread: posted });
    const told = await saidIn(scene, "Ask about this image");
    expect(told.onlyFor).toBe(slack.alice.id);
    expect(told.threadTs).toBe(posted.ts);
  });

  it("below a file that is no picture is about its words alone", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const file = { name: "minutes.txt", bytes: new Uint8Array(9) };
    slack.mention(channel, "Which money?", { thread: slack.say(channel, "Minutes", { files: [file] }) });
    await answerIn(scene, channel);
    expect(asked().image).toBeUndefined();
  });

  it("below a message that was deleted is answered directly", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const direct = slack.directChannel();
    host.pace.milliseconds = 300;
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    await expect.poll(() => asked()?.text === "Which money?" && slack.shown.length, patient).toBeTruthy();
    slack.remove(question);
    host.pace.milliseconds = 0;
    await answerIn(scene, direct.id);
  });

  it("in the direct conversation needs no mention, and its threads go on", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const { id } = slack.directChannel();
    const question = slack.say(id, "Which money?", { files: [await picture()] });
    const first = await answerIn(scene, id);
    expect(first.threadTs).toBe(question.ts);
    slack.say(id, "And in the north?", { thread: question });
    const second = await answerIn(scene, id, 2);
    expect((await kept(second))!.reply.conversation).toBe((await kept(first))!.reply.conversation);
    slack.say(id, "busy");
    const told = await saidIn(scene, "Many people are asking", id);
    expect(told.onlyFor).toBeNull();
  });

  it("is suggested in the agent view", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const { id } = slack.openHome("messages");
    await expect.poll(() => slack.shown.length, patient).toBe(1);
    expect(slack.shown[0]).toMatchObject({ kind: "prompts", channel: id });
    expect(slack.shown[0]!.more).toContain("What is the capital of Chad?");
  });

  it("by the shortcut on a message asks for the question and answers below that message", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const posted = slack.say(channel, "Look", { files: [await picture()], author: slack.bob });
    await slack.messageShortcut(posted, "ask-about-image");
    await slack.submit(await modalOf(scene), { question: "Which money?" });
    const answer = await answerIn(scene, channel);
    expect(answer.threadTs).toBe(posted.ts);
    expect(asked()).toMatchObject({ text: "Which money?" });
    expect(asked().image).toBeDefined();
    await slack.messageShortcut(slack.say(channel, "no picture"), "ask-about-image");
    expect((await saidIn(scene, "no picture in that message")).onlyFor).toBe(slack.alice.id);
  });

  it("by the shortcut where the bot was not invited is answered directly, about what it can see", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const stranger = slack.addChannel(slack.team.id, { name: "strangers", member: false });
    const posted = slack.say(stranger.id, "Look", { files: [await picture()] });
    await slack.messageShortcut(posted, "ask-about-image");
    await slack.submit(await modalOf(scene), { question: "Which money?" });
    const direct = slack.directChannel();
    await answerIn(scene, direct.id);
    slack.world.files.clear();
    await slack.messageShortcut(posted, "ask-about-image");
    await slack.submit(await modalOf(scene), { question: "And this?" });
    const words = () => [...slack.textsIn(stranger.id), ...slack.textsIn(direct.id)].join();
    await expect.poll(words, patient).toContain("I cannot see this picture");
  });

  it("by /ask opens a form for pictures and the question, and is answered in a thread of its own", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    await slack.command(channel, "/ask", "Which money?");
    const form = await modalOf(scene);
    await slack.submit(form, { pictures: [await picture()] });
    const answer = await answerIn(scene, channel);
    const root = await saidIn(scene, "Asked with /ask: Which money?");
    expect(answer.threadTs).toBe(root.ts);
    expect(asked().image).toBeDefined();
  });

  it("by /ask where it was not invited, and by the global shortcut, is answered in the direct conversation", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const direct = slack.directChannel();
    const stranger = slack.addChannel(slack.team.id, { name: "strangers", member: false });
    await slack.command(stranger.id, "/ask", "Which money?");
    await slack.submit(await modalOf(scene), {});
    await answerIn(scene, direct.id);
    await slack.globalShortcut("ask");
    await slack.submit(await modalOf(scene), { question: "What is this?", pictures: [await picture()] });
    await answerIn(scene, direct.id, 2);
    expect(slack.answersIn(stranger.id)).toEqual([]);
  });

  it("on by the button below an answer goes on with its conversation", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const first = await answerIn(scene, channel);
    await slack.press(first, "ask-on", undefined, slack.bob);
    await slack.submit(await modalOf(scene, slack.bob), { question: "And in the north?" });
    const second = await answerIn(scene, channel, 2);
    expect(second.threadTs).toBe(first.threadTs);
    expect((await kept(second))!.reply.conversation).toBe((await kept(first))!.reply.conversation);
  });

  it("about several pictures answers the first three and says so", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const files = await Promise.all(["a.png", "b.png", "c.png", "d.png"].map(picture));
    slack.mention(channel, "Which money?", { files });
    const answer = await answerIn(scene, channel, 3);
    expect(textOf(answer)).toContain("Only the first 3 pictures were looked at.");
  });

  it("is heard once, however often its event is sent, and not again when it is edited", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const refused = slack.mention(channel, "");
    await saidIn(scene, "Please write a question");
    const before = host.assistant.questions.length;
    const question = slack.mention(channel, "Once?", { files: [await picture()] });
    for (const message of [refused, question, question]) void slack.announce(message);
    await answerIn(scene, channel);
    slack.edit(question, `<@${slack.team.botUser}> Twice?`);
    slack.mention(channel, "Last?", { files: [await picture()] });
    await answerIn(scene, channel, 2);
    const texts = host.assistant.questions.slice(before).map(({ text }) => text);
    expect(texts.filter((text) => text === "Once?")).toHaveLength(1);
    expect(texts).not.toContain("Twice?");
    expect(slack.textsIn(channel).filter((text) => text.includes("Please write"))).toHaveLength(1);
  });

  it("is answered in edits where nothing is streamed, and after a message where no status is shown", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/setStatus/, new Refusal("method_not_supported_for_channel_type"), 50);
    slack.refuseNext(/startStream/, new Refusal("channel_type_not_supported"), 50);
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer.history[0]).toContain("Looking at the picture…");
    expect(slack.answersIn(channel)).toHaveLength(1);
  });

  it("is answered without pictures when Slack takes none, and in text when it takes no blocks", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/getUploadURLExternal/, new Refusal("storage_limit_reached"), 50);
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer.blocks.some(({ accessory }) => accessory?.type === "image")).toBe(false);
    slack.refuseNext(/chat.update/, new Refusal("invalid_blocks"));
    slack.mention(channel, "Which money again?", { files: [await picture()] });
    const plainly = () => slack.answersIn(channel).find((shown) => !isAnswer(shown));
    await expect.poll(() => plainly()?.blocks, patient).toEqual([]);
    expect(plainly()!.text).toContain("Central African CFA franc");
  });
});

describe("Slack: pictures of entities", () => {
  it("are shown once Slack has made them ready, and uploaded once for all answers", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.world.patience.processing = 300;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await answerIn(scene, channel);
    const uploads = () => slack.calls.filter((name) => name === "files.completeUploadExternal").length;
    const before = uploads();
    slack.mention(channel, "Which money again?", { files: [await picture()] });
    const second = await answerIn(scene, channel, 2);
    for (const answer of slack.answersIn(channel).filter(isAnswer))
      expect(answer.blocks.some(({ accessory }) => accessory?.type === "image")).toBe(true);
    expect(second.blocks.length).toBeGreaterThan(3);
    expect([before > 0, uploads()]).toEqual([true, before]);
  });

  it("are left out when Slack never makes them ready", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.world.patience.processing = 60_000;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer.blocks.some(({ accessory }) => accessory !== undefined)).toBe(false);
    expect(textOf(answer)).toContain("Central African CFA franc");
  });
});

describe("Slack: the workspace's settings", () => {
  const set = (more: Partial<typeof DEFAULT_CHAT_SETTINGS>) =>
    createSettingsStore(host.database.client).put(tenant(), { ...DEFAULT_CHAT_SETTINGS, ...more });
  async function sceneWith(more: Partial<typeof DEFAULT_CHAT_SETTINGS>) {
    scene = await openScene(host, { start: false });
    await set(more);
    await scene.bot.start();
    return scene;
  }

  it("keep it to certain channels; the direct conversation is nobody else's matter", async () => {
    const { slack, channel } = await sceneWith({ channels: ["C0ELSEWHERE"] });
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const told = await saidIn(scene, "I answer only in <#C0ELSEWHERE> here.");
    expect(told.onlyFor).toBe(slack.alice.id);
    await slack.command(channel, "/lookup", "Chad");
    await expect
      .poll(() => slack.textsIn(channel).filter((text) => text.includes("only in")).length, patient)
      .toBe(2);
    const direct = slack.directChannel();
    slack.say(direct.id, "Which money?", { files: [await picture()] });
    await answerIn(scene, direct.id);
  });

  it("let only who asks see an answer", async () => {
    const { slack, channel } = await sceneWith({ privateAnswers: true });
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer).toMatchObject({ onlyFor: slack.alice.id, threadTs: question.ts });
    expect(slack.answersIn(channel).filter(({ onlyFor }) => onlyFor === null)).toEqual([]);
    await expect.poll(() => slack.shown.at(-1), patient).toMatchObject({ kind: "status", text: "" });
    await slack.press(answer, "why");
    expect((await saidIn(scene, "What this answer rests on")).threadTs).toBe(question.ts);
  });

  it("limit how much a person asks in an hour", async () => {
    const { slack, channel } = await sceneWith({ questionsPerHour: 1 });
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await answerIn(scene, channel);
    slack.mention(channel, "And now?");
    expect((await saidIn(scene, "Ask again in 60 minutes")).onlyFor).toBe(slack.alice.id);
    slack.mention(channel, "Me too?", { author: slack.bob });
    await answerIn(scene, channel, 2);
  });

  it("say which language it speaks; else it speaks that of who asks", async () => {
    const { slack, channel } = await sceneWith({ language: "de-DE" });
    slack.mention(channel, "");
    await saidIn(scene, "Bitte schreibe eine Frage");
    await scene.close();
    scene = await openScene(host);
    const author = scene.slack.addPerson(scene.slack.team.id, { locale: "fr-FR" });
    scene.slack.mention(scene.channel, "Which money?", { files: [await picture()], author });
    const answer = await answerIn(scene, scene.channel);
    const buttons = answer.blocks.flatMap(({ elements = [] }) => elements.map(({ text }) => plain(text)));
    expect(buttons.join(" ")).not.toContain("Show why");
  });
});

describe("Slack: looking up", () => {
  it("shows the card of what is known to everybody, and of what is not to who asked", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    await slack.command(channel, "/lookup", "Chad");
    const card = await saidIn(scene, "Chad");
    expect(card.onlyFor).toBeNull();
    expect(card.blocks[0]!.accessory).toMatchObject({ type: "image" });
    slack.world.patience.processing = 60_000;
    await slack.command(channel, "/lookup", "Romania");
    expect((await saidIn(scene, "Romania")).blocks[0]!.accessory).toBeUndefined();
    await slack.command(channel, "/lookup", "<!channel> Nowhere");
    expect((await saidIn(scene, "I know nothing called")).onlyFor).toBe(slack.alice.id);
    await slack.command(channel, "/lookup", " ");
    await saidIn(scene, "Please write a name");
  });
});
