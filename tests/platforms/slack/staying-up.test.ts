import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import type { LoopbackSlack } from "../../support/slack/loopback.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { Refusal, TooMany } from "../../support/slack/refusal.ts";
import {
  answerIn,
  isAnswer,
  openGrantedSlack,
  openScene,
  patient,
  picture,
  type Scene,
} from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

describe("Slack: staying up", () => {
  it("answers once what Slack sends three times, over whichever connection", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const before = host.assistant.questions.length;
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    await Promise.all([slack.announce(question), slack.announce(question)]);
    await answerIn(scene, channel);
    await slack.announce(question);
    // Events are taken in order: once this is answered, the other would have been.
    slack.mention(channel, "And this one?", { files: [await picture()] });
    await answerIn(scene, channel, 2);
    expect(host.assistant.questions.slice(before).map(({ text }) => text)).toEqual([
      "Which money?",
      "And this one?",
    ]);
  });

  it("waits where Slack says that it is too much, and asks again where Slack fails", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/^chat\.(startStream|postMessage)$/, new TooMany(1));
    slack.refuseNext(/^chat\.update$/, new TooMany(1));
    slack.refuseNext(/^assistant/, new TooMany(1));
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await answerIn(scene, channel);
    expect(slack.answersIn(channel)).toHaveLength(1);
  });

  it("lets one channel wait for Slack without holding up another, nor its stopping", async () => {
    scene = await openScene(host, { drainSeconds: 0.1 });
    const { slack, channel } = scene;
    const other = slack.addChannel(slack.team.id).id;
    slack.refuseNext(/^chat\.startStream$/, new Refusal("channel_type_not_supported"), 2);
    slack.refuseNext(/^chat\.postMessage$/, new TooMany(500));
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await expect.poll(() => slack.calls.includes("chat.postMessage"), patient).toBe(true);
    slack.mention(other, "Which money?", { files: [await picture()] });
    await answerIn(scene, other);
    await scene.bot.stop();
    expect(slack.answersIn(channel).filter(isAnswer)).toEqual([]);
  });

  it("says a thing once, although Slack's word that it has it was lost on the way", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/^chat\.startStream$/, new Refusal("channel_type_not_supported"));
    slack.loseNext(/^chat\.postMessage$/);
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await expect
      .poll(() => slack.calls.filter((name) => name === "chat.postMessage").length, patient)
      .toBe(2);
    await scene.bot.stop();
    expect(slack.answersIn(channel).filter(isAnswer)).toHaveLength(1);
    expect(slack.answersIn(channel)).toHaveLength(1);
  });

  it("goes on by edits when a stream has died of age", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.world.patience.stream = 0;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(slack.answersIn(channel)).toHaveLength(1);
    expect(textOf(answer)).toContain("Central African CFA franc");
  });

  it("answers two hundred questions at once, at Slack's own pace: none lost, none doubled", async () => {
    scene = await openScene(host, { queueLimit: 300 });
    scene.slack.rates.speed = 1;
    const { slack, channel } = scene;
    const channels = [channel, ...Array.from({ length: 9 }, () => slack.addChannel(slack.team.id).id)];
    const before = host.assistant.questions.length;
    for (let number = 0; number < 200; number++) {
      const author = slack.addPerson(slack.team.id);
      slack.mention(channels[number % 10]!, `Question ${number}?`, { author });
    }
    const answers = () => channels.flatMap((id) => slack.answersIn(id));
    await expect.poll(() => answers().filter(isAnswer).length, { timeout: 240_000, interval: 250 }).toBe(200);
    expect(
      answers()
        .filter((message) => !isAnswer(message))
        .map(textOf),
    ).toEqual([]);
    const asked = host.assistant.questions.slice(before).map(({ text }) => text);
    expect(new Set(asked).size).toBe(200);
    expect(asked).toHaveLength(200);
    expect(new Set(answers().map(({ threadTs }) => threadTs)).size).toBe(200);
  }, 300_000);

  it("reads the message above a thread as seldom as Slack lets it, and holds nobody up when that is too often", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.rates.speed = 1;
    const shown = await Promise.all(
      [1, 2].map(async () => slack.say(channel, "Look", { files: [await picture()], author: slack.bob })),
    );
    for (const thread of shown) slack.mention(channel, "Which money?", { thread });
    const told = () => shown.filter((thread) => slack.answersIn(channel, thread).length > 0).length;
    await expect.poll(told, { ...patient, timeout: 20_000 }).toBe(2);
    slack.mention(channel, "And this?", { files: [await picture()] });
    await expect
      .poll(() => slack.answersIn(channel).filter(isAnswer).length, { ...patient, timeout: 20_000 })
      .toBe(2);
  });

  it("lets a running question finish when it stops, and leaves", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await expect.poll(() => slack.shown.length, patient).toBeGreaterThan(0);
    await scene.bot.stop();
    expect(slack.answersIn(channel).filter(isAnswer)).toHaveLength(1);
    await expect.poll(() => slack.socketMode.connections(), patient).toBe(0);
  });

  it("tells those whose questions it breaks off while stopping", async () => {
    scene = await openScene(host, { drainSeconds: 0.1 });
    const { slack, channel } = scene;
    slack.mention(channel, "slow", { files: [await picture()] });
    await expect.poll(() => host.assistant.questions.at(-1)?.text, patient).toBe("slow");
    await scene.bot.stop();
    expect(slack.textsIn(channel)).toEqual([expect.stringContaining("I was restarted")]);
  });
});

describe("Slack: a process that is killed in the middle of a question", () => {
  const script = fileURLToPath(new URL("../../support/slack/bot-process.ts", import.meta.url));
  const start = async (slack: LoopbackSlack, folder: string) => {
    const given = [folder, JSON.stringify(slack.endpoints), slack.team.token];
    const child = spawn(process.execPath, ["--import", "tsx", script, ...given], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout!, "data");
    return child;
  };

  it("is followed by one that tells the person, once, answers what came meanwhile, and whose answers go on", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rora-slack-"));
    const slack = await openGrantedSlack();
    slack.rates.speed = 1_000;
    const { channel } = slack;
    const apologies = () => slack.textsIn(channel).filter((text) => text.includes("I was restarted"));
    const answered = () => slack.answersIn(channel).filter(isAnswer);
    const first = await start(slack, folder);
    const slow = slack.mention(channel, "slow, which money?", { files: [await picture()] });
    await expect.poll(() => slack.files.served.length, patient).toBe(1);
    await expect.poll(() => slack.statusesIn(slow).length, patient).toBeGreaterThan(0);
    first.kill("SIGKILL");
    await once(first, "close");
    const meanwhile = slack.mention(channel, "Which money?", { files: [await picture()] });

    const second = await start(slack, folder);
    await expect.poll(() => apologies().length, patient).toBe(1);
    expect(slack.textsIn(channel, slow)).toEqual(apologies());
    await expect.poll(() => answered().length, patient).toBe(1);
    expect(answered()[0]!.threadTs).toBe(meanwhile.ts);
    second.kill("SIGTERM");
    await once(second, "close");

    const third = await start(slack, folder);
    slack.mention(channel, "And in the north?", { thread: meanwhile });
    await expect.poll(() => answered().length, patient).toBe(2);
    slack.react("added", answered()[0]!, "+1");
    await slack.press(answered()[0]!, "feedback", "negative");
    expect(apologies()).toHaveLength(1);
    third.kill("SIGTERM");
    await once(third, "close");
    await slack.close();
    expect(slack.faults).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  }, 180_000);
});
