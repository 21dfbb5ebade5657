import { MessageFlags, PermissionFlagsBits } from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  answerIn,
  formOf,
  isAnswer,
  MENTION,
  openScene,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/discord/scene.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { BOT, EVERYTHING_NEEDED, textOf } from "../../support/discord/world.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

const asked = () => host.assistant.questions.at(-1)!;

describe("Discord: asking", () => {
  it("by a mention with a picture is answered in one message that fills in", async () => {
    scene = await openScene(host);
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
    scene = await openScene(host);
    const { discord, channel, bot: _bot } = scene;
    const shown = discord.say(channel, "look at this", { files: [await picture()], author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await answerIn(scene);
    expect(asked().image).toBeDefined();
  });

  it("says what to do where Discord hides the picture of the message replied to", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const shown = discord.say(channel, "look at this", { author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await saidIn(scene, "Apps → Ask about this image");
  });

  it("by command with a picture, and with three of them at once", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.command(channel, "ask", { question: "Which money?", image: await picture() });
    await answerIn(scene);
    const files = { image: await picture(), image2: await picture(), image3: await picture() };
    discord.command(channel, "ask", { question: "Which money?", ...files });
    await answerIn(scene, channel, 4);
  });

  it("by command without a picture", async () => {
    scene = await openScene(host);
    scene.discord.command(scene.channel, "ask", { question: "Which money in Chad?" });
    await answerIn(scene);
    expect(asked().image).toBeUndefined();
  });

  it("by command where only a person has installed it keeps within Discord's five follow-ups", async () => {
    scene = await openScene(host);
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
    scene = await openScene(host);
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

  it("directly, and goes on with the same conversation", async () => {
    scene = await openScene(host);
    const direct = scene.discord.directChannel();
    scene.discord.say(direct, "Which money?", { files: [await picture()] });
    await answerIn(scene, direct);
    const first = asked();
    scene.discord.say(direct, "And in the north?");
    await answerIn(scene, direct, 2);
    const kept = await host.ledger.conversation(asked().conversation!, first.asker.tenant);
    expect(kept).toMatchObject({ turns: 2 });
  });

  it("directly in a reply to a picture looks at that one", async () => {
    scene = await openScene(host);
    const direct = scene.discord.directChannel();
    const shown = scene.discord.say(direct, "Here it is.", { files: [await picture()] });
    await answerIn(scene, direct);
    scene.discord.say(direct, "Which money?", { replyTo: shown.id });
    await answerIn(scene, direct, 2);
    expect(asked()).toMatchObject({ text: "Which money?", image: expect.anything() });
  });

  it("on by replying to an answer, without a mention, within its conversation", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    discord.say(channel, "And in the north?", { replyTo: answer.id, author: discord.bob });
    await answerIn(scene, channel, 2);
    const [first, second] = host.assistant.questions.slice(-2);
    expect(second!.conversation).toBeDefined();
    expect(second!.asker.pseudonym).not.toBe(first!.asker.pseudonym);
    expect(await host.ledger.conversation(second!.conversation!, second!.asker.tenant)).toMatchObject({
      turns: 2,
    });
  });

  it("on by the button below an answer, which opens a form", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const form = await formOf(discord.press((await answerIn(scene)).id, "ask-on"));
    discord.submit(form, { question: "And in the north?" });
    await answerIn(scene, channel, 2);
    expect(await host.ledger.conversation(asked().conversation!, asked().asker.tenant)).toMatchObject({
      turns: 2,
    });
  });

  it("in a thread goes on there, and says once what cannot be read in it", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const admin = { permissions: PermissionFlagsBits.ManageGuild };
    discord.command(channel, "rora answers", { thread: true }, admin);
    await saidIn(scene, "in a thread");
    const question = discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await answerIn(scene, question.id);
    discord.announce(discord.world.messages.get(question.id)!);
    discord.say(question.id, `${MENTION} And in the north?`);
    await answerIn(scene, question.id, 2);
    expect(await host.ledger.conversation(asked().conversation!, asked().asker.tenant)).toMatchObject({
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

  it("hears nothing from bots, itself included, and nothing that is not meant for it", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const before = host.assistant.questions.length;
    discord.say(channel, `${MENTION} Which money?`, { author: discord.botPerson });
    discord.say(channel, `${MENTION} Which money?`, { author: BOT as never });
    discord.say(channel, "Which money?", { files: [await picture()] });
    discord.say(channel, `${MENTION} This one is meant.`);
    await answerIn(scene);
    expect(host.assistant.questions.slice(before).map(({ text }) => text)).toEqual(["This one is meant."]);
  });

  it("twice by the same event answers once", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const before = host.assistant.questions.length;
    const question = discord.say(channel, `${MENTION} Which money?`);
    discord.announce(discord.world.messages.get(question.id)!);
    await answerIn(scene);
    discord.announce(discord.world.messages.get(question.id)!);
    discord.say(channel, `${MENTION} And after that?`);
    await answerIn(scene, channel, 2);
    expect(host.assistant.questions.length - before).toBe(2);
  });

  it("looks an entity up by name, and says so when there is none", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.command(channel, "lookup", { name: "Chad" });
    const card = await saidIn(scene, "Chad is a country");
    expect(card.attachments).toHaveLength(1);
    discord.command(channel, "lookup", { name: "@everyone" });
    expect(textOf(await saidIn(scene, "nothing called"))).not.toContain("@everyone");
  });

  it("helps and introduces itself in the language of who asks, to them alone", async () => {
    scene = await openScene(host);
    const { discord, channel, bot: _bot } = scene;
    discord.command(channel, "help", {}, { locale: "de" });
    expect((await saidIn(scene, "Sende ein Bild")).hiddenFor).toBe(discord.alice.id);
    discord.command(channel, "about", {}, { locale: "ja" });
    await saidIn(scene, "仮名");
  });
});

describe("Discord: what cannot be answered is told", () => {
  it.each<
    [string, () => Promise<{ name: string; bytes: Uint8Array; size?: number; type?: string | null }>, string]
  >([
    [
      "a picture that is too large",
      async () => ({ ...(await picture()), size: 2 ** 21 }),
      "larger than 1 MB",
    ],
    [
      "one that is larger than it claims",
      async () => ({ name: "a.png", bytes: new Uint8Array(2 ** 21), size: 10 }),
      "larger than 1 MB",
    ],
    [
      "a file that is no picture",
      async () => ({ name: "notes.txt", bytes: new Uint8Array(3) }),
      "notes.txt is not a picture",
    ],
  ])("%s", async (_, file, words) => {
    scene = await openScene(host);
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await file()] });
    expect(textOf(await saidIn(scene, words))).toMatch(/Reference: [\w-]+/);
    expect(scene.discord.answersIn(scene.channel).filter(isAnswer)).toEqual([]);
  });

  it("to who used a command alone, with the reference", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.command(channel, "ask", { question: "unreadable", image: await picture() });
    const told = await saidIn(scene, "not a picture Rora can read");
    expect(told.hiddenFor).toBe(discord.alice.id);
    expect(textOf(told)).toContain("Reference: ");
    expect(discord.answersIn(channel)).toEqual([told]);
  });

  it("a picture whose address has expired", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const shown = discord.say(channel, "old", { files: [await picture()] });
    discord.cdn.expireAll();
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await saidIn(scene, "can no longer be fetched");
  });

  it("a picture whose transfer breaks off is fetched again, but not forever", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.cdn.breakOff(2);
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await answerIn(scene);
    discord.cdn.breakOff(100);
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await saidIn(scene, "did not hand over this picture");
  });

  it("an attachment that lies elsewhere is never fetched", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    const message = discord.say(channel, "foreign", { files: [await picture()] });
    Object.assign(message.attachments[0]!, { url: "http://127.0.0.1:9/internal.png" });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: message.id });
    await saidIn(scene, "from Discord alone");
  });

  it("a spoiler is answered behind a spoiler, and nothing of it is shown meanwhile", async () => {
    scene = await openScene(host);
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture("SPOILER_photo.png")] });
    const answer = await answerIn(scene);
    expect(answer.components[0]).toMatchObject({ spoiler: true });
    expect(answer.history.join()).not.toContain("Chad");
  });

  it("an animated picture is answered with what was looked at", async () => {
    scene = await openScene(host);
    scene.discord.say(scene.channel, `${MENTION} animated, which money?`, {
      files: [await picture("a.gif")],
    });
    await answerIn(scene);
    await saidIn(scene, "only its first frame");
  });

  it("not knowing is told with what was seen", async () => {
    scene = await openScene(host);
    scene.discord.say(scene.channel, `${MENTION} abstain`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(textOf(answer)).toContain("Nothing that is known fits this picture");
    expect(textOf(answer)).toContain("It could also be");
  });

  it("being busy, with when to come back", async () => {
    scene = await openScene(host);
    scene.discord.command(scene.channel, "ask", { question: "busy" });
    await saidIn(scene, "Many people are asking");
  });

  it("a fault of ours, without its details", async () => {
    scene = await openScene(host);
    scene.discord.say(scene.channel, `${MENTION} break`);
    const told = await saidIn(scene, "Something went wrong on our side");
    expect(JSON.stringify([told, ...told.history])).not.toContain("secret detail");
  });

  it("too many questions in an hour, with when to ask again", async () => {
    scene = await openScene(host);
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
    await scene.bot.stop();
    const second = host.bot(discord);
    await second.start();
    discord.command(channel, "ask", { question: "Which money?" }, { locale: "de" });
    await saidIn(scene, "Mehr Fragen erlaubt dieser Server in einer Stunde nicht");
    await second.stop();
  });

  it("without the right to embed comes as text, and says so", async () => {
    scene = await openScene(host, { permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.EmbedLinks });
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(answer.flags & MessageFlags.IsComponentsV2).toBe(0);
    expect(answer.content).toContain("I may not embed links here");
  });

  it("without the right to attach files comes without pictures", async () => {
    scene = await openScene(host, { permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.AttachFiles });
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await picture()] });
    expect((await answerIn(scene)).attachments).toEqual([]);
  });

  it("without the right to write is told directly", async () => {
    scene = await openScene(host, { permissions: EVERYTHING_NEEDED & ~PermissionFlagsBits.SendMessages });
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const direct = () =>
      [...discord.world.channels.values()].find(({ recipient }) => recipient?.id === discord.alice.id);
    await expect.poll(() => direct() !== undefined, patient).toBe(true);
    await saidIn(scene, "I may not write in", direct()!.id);
    expect(discord.answersIn(channel)).toEqual([]);
  });
});
