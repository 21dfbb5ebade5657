import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, MENTION, patient, picture, type Scene, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { type StoredMessage, textOf } from "../../support/discord/world.ts";

const stage = useStage();
const admin = { permissions: PermissionFlagsBits.ManageGuild };
const consents = () =>
  stage.host.database.client.personConsent.findMany({ where: { trainingAllowed: true } });
const become = (message: StoredMessage, words: string) =>
  expect.poll(() => textOf(message), patient).toContain(words);
async function readFile({ url }: { url: string }) {
  return JSON.parse(await (await fetch(url)).text()) as {
    interactions: { question: string }[];
    images: { base64?: string; sha256: string }[];
  }[];
}
/** A question by alice, answered; resolves to the message of her `/privacy`, which says so. */
async function privacyAfterAsking(scene: Scene, channel = scene.channel) {
  scene.discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
  const answer = await answerIn(scene, channel);
  scene.discord.react("added", answer.id, "👍");
  await expect.poll(() => stage.host.database.client.feedback.count(), patient).toBeGreaterThan(0);
  scene.discord.command(channel, "privacy");
  return saidIn(scene, "What I keep about you", channel);
}

describe("Discord: privacy", () => {
  it("says to who asks alone what is kept of them, and that it trains nothing", async () => {
    const scene = await stage.open();
    const shown = await privacyAfterAsking(scene);
    expect(shown.hiddenFor).toBe(scene.discord.alice.id);
    expect(textOf(shown)).toMatch(
      /I keep 1 question with its answer, 1 picture and 1 verdict of yours, since <t:\d+:d>/,
    );
    expect(textOf(shown)).toContain("not used for training");
    scene.discord.command(scene.channel, "privacy", {}, { user: scene.discord.bob });
    expect((await saidIn(scene, "I keep nothing about you")).hiddenFor).toBe(scene.discord.bob.id);
  });

  it("hands out everything as a JSON file, pictures included", async () => {
    const scene = await stage.open();
    const shown = await privacyAfterAsking(scene);
    scene.discord.press(shown.id, "privacy:export");
    const sent = await saidIn(scene, "everything I keep about you");
    expect(sent.hiddenFor).toBe(scene.discord.alice.id);
    expect(sent.attachments.map(({ filename }) => filename)).toEqual(["rora-kept-of-me.json"]);
    const [kept] = await readFile(sent.attachments[0]!);
    expect(kept!.interactions).toMatchObject([{ question: "Which money?" }]);
    expect(Buffer.from(kept!.images[0]!.base64!, "base64")).toEqual(Buffer.from((await picture()).bytes));
  });

  it("hands out pictures beside the file where they do not fit into it", async () => {
    const scene = await stage.open({ limits: { imageBytes: 2 ** 23, questionCharacters: 300 } });
    const { discord, channel } = scene;
    const large = { name: "large.png", bytes: new Uint8Array(Buffer.alloc(2 ** 23 - 1, 7)) };
    discord.say(channel, `${MENTION} Which money?`, { files: [large] });
    await answerIn(scene);
    discord.command(channel, "privacy");
    discord.press((await saidIn(scene, "What I keep about you")).id, "privacy:export");
    const sent = await saidIn(scene, "everything I keep about you");
    expect(sent.attachments).toHaveLength(2);
    const [kept] = await readFile(sent.attachments[0]!);
    expect(sent.attachments[1]!.filename).toContain(kept!.images[0]!.sha256);
    expect(sent.attachments[1]!.size).toBe(large.bytes.length);
  });

  it("erases only after asking once more, and what was kept is gone", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const shown = await privacyAfterAsking(scene);
    discord.press(shown.id, "privacy:erase");
    await become(shown, "This erases 1 question ");
    discord.press(shown.id, "privacy:show");
    await become(shown, "I keep 1 question ");
    discord.press(shown.id, "privacy:erase");
    await become(shown, "It cannot be undone");
    discord.press(shown.id, "privacy:erase-now");
    await become(shown, "Erased: 1 question ");
    expect(
      await stage.host.database.client.interaction.count({ where: { tenant: `discord:${scene.guild}` } }),
    ).toBe(0);
    discord.command(scene.channel, "privacy");
    await saidIn(scene, "I keep nothing about you.");
  });

  it("leaves training to both: it takes the person's word and the server's, and either takes it back", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = await privacyAfterAsking(scene);
    expect(await consents()).toEqual([]);
    discord.press(shown.id, "privacy:allow");
    await become(shown, "but the administrators have not");
    expect(await consents()).toMatchObject([{ tenant: `discord:${scene.guild}` }]);
    discord.command(channel, "rora training", { allowed: true }, admin);
    await saidIn(scene, "allowed, of those who agree");
    discord.command(channel, "privacy");
    const allowed = await saidIn(scene, "It may be used to train later models");
    discord.press(allowed.id, "privacy:forbid");
    await become(allowed, "you have not agreed");
    expect(await consents()).toEqual([]);
  });

  it("in a direct message covers direct messages and every server", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    await privacyAfterAsking(scene);
    const direct = discord.directChannel();
    discord.command(direct, "privacy");
    const shown = await saidIn(scene, "direct messages and all servers", direct);
    expect(textOf(shown)).toContain("I keep 1 question ");
    discord.press(shown.id, "privacy:erase");
    await become(shown, "It cannot be undone");
    discord.press(shown.id, "privacy:erase-now");
    await become(shown, "Erased: 1 question ");
    expect(
      await stage.host.database.client.interaction.count({ where: { tenant: `discord:${scene.guild}` } }),
    ).toBe(0);
  });

  it("works where only the person has installed it, in their language, and after a restart", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "ask", { question: "Which money?" }, { userInstall: true });
    await answerIn(scene);
    discord.command(channel, "privacy", {}, { userInstall: true, locale: "de" });
    const shown = await saidIn(scene, "Was ich über dich gespeichert habe");
    expect(textOf(shown)).toContain("eine Frage mit Antwort");
    await stage.restart(scene);
    discord.press(shown.id, "privacy:erase", { userInstall: true, locale: "de" });
    await become(shown, "nicht rückgängig");
  });
});
