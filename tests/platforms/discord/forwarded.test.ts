import { describe, expect, it } from "vitest";
import { answerIn, formOf, MENTION, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";

const stage = useStage();
const asked = () => stage.host.assistant.questions.at(-1)!;
const MENU = "Ask about this image";

describe("Discord: pictures in other people's messages", () => {
  it("that are forwarded to it directly are asked about", async () => {
    const { discord, channel, ...scene } = await stage.open();
    const shown = discord.say(channel, "my holidays", { files: [await picture()], author: discord.bob });
    const direct = discord.directChannel();
    discord.say(direct, "", { forwards: shown.id });
    await answerIn({ discord, channel, ...scene }, direct);
    expect(asked().text).toBe("What is this?");
    expect(asked().image!.bytes).toEqual((await picture()).bytes);
  });

  it("that are forwarded into a channel are asked about by the menu", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = discord.say(discord.addChannel(scene.guild), "", { files: [await picture()] });
    const forwarded = discord.say(channel, "", { forwards: shown.id, author: discord.bob });
    const form = await formOf(discord.messageCommand(forwarded.id, MENU));
    discord.submit(form, { question: "Which money?" });
    await answerIn(scene);
    expect(asked().image).toBeDefined();
  });

  it("that are forwarded are asked about by a mention in a reply where Discord shows them, else it says what to do", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = discord.say(channel, "", { files: [await picture()], author: discord.bob });
    const forwarded = discord.say(channel, "", { forwards: shown.id, author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: forwarded.id });
    await answerIn(scene);
    expect(asked().image).toBeDefined();
    discord.world.hidesReplies = true;
    const hidden = discord.say(channel, "", { forwards: shown.id, author: discord.bob });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: hidden.id });
    await saidIn(scene, `Apps → ${MENU}`);
  });

  it("that Discord shows for a link are asked about by the menu, from Discord's copy", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const stored = discord.cdn.keep(channel, await picture());
    const linking = discord.say(channel, "https://example.org/flag.png", { linked: [stored.url] });
    discord.submit(await formOf(discord.messageCommand(linking.id, MENU)), { question: "Which money?" });
    await answerIn(scene);
    expect(asked().image!.bytes).toEqual((await picture()).bytes);
  });

  it("are asked about on servers where only the person has installed it", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const foreign = discord.addGuild({ joined: false });
    const mine = { userInstall: true };
    const shown = discord.say(foreign.channel, "", { files: [await picture()], author: discord.bob });
    const forwarded = discord.say(foreign.channel, "", { forwards: shown.id, author: discord.bob });
    for (const [number, { id }] of [shown, forwarded].entries()) {
      discord.submit(
        await formOf(discord.messageCommand(id, MENU, mine)),
        { question: "Which money?" },
        mine,
      );
      await answerIn(scene, foreign.channel, number + 1);
      expect(asked()).toMatchObject({ image: expect.anything(), asker: { tenant: "discord:direct" } });
    }
  });

  it("a forwarded answer does not carry its conversation along", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    const { conversation } = asked();
    const direct = discord.directChannel();
    discord.say(direct, "And here?", { forwards: answer.id });
    await answerIn(scene, direct);
    expect(asked().conversation).not.toBe(conversation);
  });
});
