import { describe, expect, it } from "vitest";
import { ApiError, refusals } from "../../support/discord/api-error.ts";
import { openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { tooMany } from "../../support/discord/reading.ts";
import { answerIn, isAnswer, MENTION, patient, picture } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { EVERYTHING_NEEDED } from "../../support/discord/world.ts";

const stage = useStage();

describe("Discord: staying up", () => {
  it("resumes after a dropped connection, and misses nothing", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.gateway.drop(4000);
    discord.say(channel, `${MENTION} Which money?`);
    await answerIn(scene);
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it("identifies anew after its session has become invalid", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.gateway.forgetSessions();
    discord.gateway.drop(4000);
    await expect.poll(() => discord.gateway.counts.identified, patient).toBe(2);
    await expect.poll(() => scene.bot.state().ok, patient).toBe(true);
    discord.say(channel, `${MENTION} Which money?`);
    await answerIn(scene);
  });

  it("waits where Discord says that it is too much, and asks again where Discord fails", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.refuseNext(/^POST .channels/, tooMany(0.2));
    discord.refuseNext(/^PATCH .channels/, new ApiError(502, 0, "Bad Gateway"));
    discord.say(channel, `${MENTION} Which money?`);
    await answerIn(scene);
    expect(discord.answersIn(channel)).toHaveLength(1);
  });

  it("shows an answer with embeds where components V2 are refused", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.refuseNext(/^POST .channels/, refusals.invalidBody(["flags: not here"]));
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    const answer = await answerIn(scene);
    expect(answer.embeds).toMatchObject([{ title: "Chad", url: "https://en.wikipedia.org/wiki/Chad" }]);
    expect(answer.content).toContain("Central African CFA franc");
  });

  it("answers by its own token once the interaction's has expired", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.refuseNext(/^PATCH .webhooks/, refusals.deadToken());
    discord.command(channel, "ask", { question: "Which money?" });
    await answerIn(scene);
    expect(discord.requests).toContain(`POST /channels/${channel}/messages`);
  });

  it("leaves an interaction alone that somebody else has answered", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const before = stage.host.assistant.questions.length;
    discord.refuseNext(/callback$/, refusals.alreadyAcknowledged());
    discord.command(channel, "ask", { question: "Which money?" });
    discord.command(channel, "ask", { question: "This one?" });
    await answerIn(scene);
    expect(stage.host.assistant.questions.slice(before).map(({ text }) => text)).toEqual(["This one?"]);
  });

  it("lets a running question finish when it stops, and leaves", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await expect.poll(() => discord.answersIn(channel).length, patient).toBe(1);
    await scene.bot.stop();
    expect(discord.answersIn(channel).filter(isAnswer)).toHaveLength(1);
  });

  it("tells those whose questions it breaks off while stopping", async () => {
    const scene = await stage.open({ drainSeconds: 0.1 });
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} slow`, { files: [await picture()] });
    await expect.poll(() => stage.host.assistant.questions.at(-1)?.text, patient).toBe("slow");
    await scene.bot.stop();
    expect(discord.textsIn(channel)).toEqual([expect.stringContaining("I was restarted")]);
  });

  it("uses as many shards as Discord wants, and says how many are connected", async () => {
    const discord = await openLoopbackDiscord({ shards: 2 });
    const places = [discord.addGuild(), discord.addGuild()];
    const bot = stage.host.bot(discord);
    await bot.start();
    expect(bot.state()).toEqual({
      ok: true,
      detail: "2 of 2 shards connected, 2 servers",
      shards: 2,
      connected: 2,
      guilds: 2,
    });
    for (const { channel } of places) discord.say(channel, `${MENTION} Which money?`);
    for (const { channel } of places)
      await expect.poll(() => discord.answersIn(channel).filter(isAnswer).length, patient).toBe(1);
    await bot.stop();
    await discord.close();
  }, 120_000);

  it("registers its commands when they have changed, and only then", async () => {
    const scene = await stage.open();
    const { discord } = scene;
    const puts = () => discord.requests.filter((request) => request.startsWith("PUT "));
    expect(puts()).toHaveLength(1);
    const second = stage.host.bot(discord);
    await second.start();
    await second.stop();
    expect(puts()).toHaveLength(1);
    const third = stage.host.bot(discord, { limits: { imageBytes: 1024, questionCharacters: 200 } });
    await third.start();
    await third.stop();
    expect(puts()).toHaveLength(2);
  });

  it("answers two hundred questions at once: none lost, none doubled, and says how many are before", async () => {
    const scene = await stage.open({ queueLimit: 300, permissions: EVERYTHING_NEEDED });
    const { discord, channel, guild } = scene;
    const channels = [channel, ...Array.from({ length: 9 }, () => discord.addChannel(guild))];
    const before = stage.host.assistant.questions.length;
    const { pace } = stage.host;
    pace.milliseconds = 20;
    for (let number = 0; number < 200; number++) {
      const author = { ...discord.alice, id: discord.world.snowflake() };
      discord.say(channels[number % 10]!, `${MENTION} Question ${number}?`, { author });
    }
    const answers = () => channels.flatMap((id) => discord.answersIn(id));
    await expect.poll(() => answers().filter(isAnswer).length, { timeout: 240_000, interval: 250 }).toBe(200);
    pace.milliseconds = 0;
    expect(answers()).toHaveLength(200);
    const asked = stage.host.assistant.questions.slice(before).map(({ text }) => text);
    expect(new Set(asked).size).toBe(200);
    expect(asked).toHaveLength(200);
    expect(new Set(answers().map((answer) => answer.message_reference!.message_id)).size).toBe(200);
    expect(
      answers()
        .flatMap(({ history }) => history)
        .join("\n"),
    ).toMatch(/\d+ questions? (is|are) before yours/);
  }, 300_000);
});
