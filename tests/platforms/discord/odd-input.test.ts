import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import {
  answerIn,
  formOf,
  isAnswer,
  MENTION,
  patient,
  picture,
  saidIn,
} from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();
const asked = () => stage.host.assistant.questions.at(-1)!;
const admin = { permissions: PermissionFlagsBits.ManageGuild };

describe("Discord: odd input", () => {
  it("of eleven attachments, pictures and others: the first three pictures are answered, and that is said", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const files = await Promise.all(Array.from({ length: 8 }, (_, index) => picture(`${index}.png`)));
    const others = ["a.txt", "b.txt", "c.txt"].map((name) => ({ name, bytes: new Uint8Array(1) }));
    discord.say(channel, `${MENTION} Which money?`, { files: [...others, ...files] });
    await answerIn(scene, channel, 3);
    await saidIn(scene, "Only the first 3 pictures were looked at");
  });

  it("of a form sent twice is answered twice, as two questions", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const form = await formOf(discord.press((await answerIn(scene)).id, "ask-on"));
    discord.submit(form, { question: "And in the north?" });
    discord.submit(form, { question: "And in the north?" });
    await answerIn(scene, channel, 3);
  });

  it("of a correction sent twice leaves one current verdict", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const form = await formOf(discord.press((await answerIn(scene)).id, "unhelpful"));
    discord.submit(form, { reason: "wrong-fact" });
    discord.submit(form, { reason: "bad-source" });
    const thanks = () => discord.textsIn(channel).filter((text) => text.includes("The correction is kept"));
    await expect.poll(() => thanks().length, patient).toBe(2);
    const where = { tenant: `discord:${scene.guild}`, supersededAt: null };
    expect(await stage.host.database.client.feedback.count({ where })).toBe(1);
  });

  it("of four thousand characters is refused, with how many may be", async () => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION} ${"why ".repeat(1_000)}`);
    await saidIn(scene, "Please keep it under 300 characters");
  });

  it("of piled-up accents and right-to-left marks is asked without what hides text, and harms no message", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const piled = `W${"\u0300\u0301\u0302\u0303".repeat(40)}hich`;
    discord.say(channel, `${MENTION} ${piled} \u202Eyenom\u202C \u2066x\u2069 ما هي العملة؟`);
    await answerIn(scene);
    expect(asked().text).toContain("ما هي العملة؟");
    expect(asked().text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    discord.command(channel, "lookup", { name: `${"\u0300".repeat(90)}\u202E` });
    const told = await saidIn(scene, "I know nothing called");
    expect(textOf(told)).not.toContain("\u202E");
  });

  it("of nothing but a mention is told that a question is wanted", async () => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION}   `);
    await saidIn(scene, "Please write a question");
  });

  it("of settings that name a deleted channel says so, and an administrator can mend it", async () => {
    const scene = await stage.open();
    const { discord, channel, guild } = scene;
    const doomed = discord.addChannel(guild);
    discord.command(channel, "rora channel", { channel: doomed, allowed: true }, admin);
    await saidIn(scene, `Channels: <#${doomed}>`);
    discord.removeChannel(doomed);
    discord.command(channel, "ask", { question: "Which money?" });
    await saidIn(scene, "The channels in which I may answer no longer exist");
    discord.command(channel, "rora channel", { channel, allowed: true }, admin);
    await saidIn(scene, `Channels: <#${channel}>`);
    discord.command(channel, "ask", { question: "Which money?" });
    await answerIn(scene);
  });

  it("of a button that is none of ours is left alone", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`);
    const answer = await answerIn(scene);
    for (const custom_id of ["helpful:../../x", "somebody:else", "helpful"]) {
      Object.assign(answer.components.at(-1)!.components![0]!, { custom_id });
      discord.press(answer.id, custom_id);
    }
    discord.say(channel, `${MENTION} Still there?`);
    await answerIn(scene, channel, 1);
    expect(discord.answersIn(channel).filter(isAnswer)).toHaveLength(1);
  });
});
