import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SlackBot } from "../../../bots/slack/main.ts";
import { createWebApp } from "../../../bots/web/app.ts";
import { createAdmission } from "../../../src/admission.ts";
import { createLog } from "../../../src/log.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { start } from "../../../src/start.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type CoreForSlack, openCoreForSlack } from "../../support/slack/joined.ts";
import type { LoopbackSlack } from "../../support/slack/loopback.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { interactionIdOf, isAnswer, openGrantedSlack, patient } from "../../support/slack/scene.ts";

let host: CoreForSlack;
let slack: LoopbackSlack;
let bot: SlackBot;

beforeAll(async () => {
  host = await openCoreForSlack();
}, 600_000);
afterAll(() => host?.close());
beforeEach(async () => {
  slack = await openGrantedSlack();
  bot = await host.bot(slack);
  await bot.start();
});
afterEach(async () => {
  await bot?.stop();
  await slack?.close();
  expect(slack.faults).toEqual([]);
});

const photo = async (code: string) => {
  const file = await flagPhoto(code);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
};
const answers = () => slack.answersIn(slack.channel).filter(isAnswer);
const answered = async (count: number) => {
  await expect.poll(() => answers().length, patient).toBe(count);
  return answers().at(-1)!;
};

describe("the starter model in Slack, at Slack's own pace", () => {
  it("answers about a picture, is asked on about it, and keeps what people say", async () => {
    const question = slack.mention(slack.channel, "What is the capital?", { files: [await photo("fr")] });
    const answer = await answered(1);
    expect(textOf(answer)).toContain("France");
    expect(answer.threadTs).toBe(question.ts);
    slack.mention(slack.channel, "And which languages?", { thread: question, author: slack.bob });
    const second = await answered(2);
    const tenant = `slack:${slack.team.id}`;
    const { ledger, database } = host.core.stores;
    const [one, two] = await Promise.all(
      [answer, second].map((shown) => ledger.interaction(interactionIdOf(shown), tenant)),
    );
    expect(two!.imageSha256).toBe(one!.imageSha256);
    expect(two!.reply.conversation).toBe(one!.reply.conversation);
    slack.react("added", answer, "-1", slack.bob);
    const verdicts = () => database.client.feedback.findMany({ where: { interactionId: one!.id } });
    await expect.poll(verdicts, patient).toMatchObject([{ verdict: "unhelpful", isAsker: false }]);
  });

  it("is told about by /ready and /metrics", async () => {
    const admission = createAdmission(host.core.assistant, { atOnce: 1, queueLimit: 0 });
    const options = coreWebOptions(host.core, admission, host.configFor(slack), createLog("silent"), {
      slack: bot,
    });
    const app = createWebApp(options, new AbortController().signal, () => false);
    await expect.poll(() => bot.state().ok, patient).toBe(true);
    const ready = (await (await app.request("/ready")).json()) as { dependencies: object };
    expect(ready.dependencies).toMatchObject({ slack: { ok: true } });
    expect(await (await app.request("/metrics")).text()).toContain("rora_slack_connections 2");
  });

  it("joins when Rora starts with its tokens, and leaves when it stops, after what it was asked", async () => {
    await bot.stop();
    await host.core.close();
    const config = host.configFor(slack);
    const { signal } = new AbortController();
    const running = await start({ ...config, web: { ...config.web, port: 0 } }, createLog("silent"), {
      signal,
      slack: slack.endpoints,
    });
    slack.mention(slack.channel, "What is the capital of Chad?");
    await expect.poll(() => slack.shown.length, patient).toBeGreaterThan(0);
    await running.close();
    expect(answers()).toHaveLength(1);
    await expect.poll(() => slack.socketMode.connections(), patient).toBe(0);
  }, 180_000);
});
