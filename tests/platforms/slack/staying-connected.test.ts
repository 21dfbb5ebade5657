import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSlackApp, type SlackApp } from "../../../bots/slack/app.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { createLog } from "../../../src/log.ts";
import { createSealer } from "../../../src/sealing.ts";
import { openEmbedded, type TestDatabase } from "../../support/databases.ts";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { Refusal, TooMany } from "../../support/slack/refusal.ts";
import { APP_TOKEN } from "../../support/slack/world.ts";

const patient = { timeout: 50_000, interval: 20 };

let database: TestDatabase;
let slack: LoopbackSlack;
let app: SlackApp;
let heard: string[];
/** Faults that nobody held: each of them would end the process. */
const unheld: unknown[] = [];
const onUnheld = (fault: unknown) => void unheld.push(fault);

beforeAll(async () => {
  database = await openEmbedded();
  process.on("unhandledRejection", onUnheld);
});
afterAll(async () => {
  process.off("unhandledRejection", onUnheld);
  await database.remove();
});
beforeEach(async () => {
  slack = await openLoopbackSlack({ subscribed: new Set(["app_mention"]) });
  slack.rates.speed = 1_000;
  app = open();
});
afterEach(async () => {
  await app.stop();
  await slack.close();
  expect(unheld).toEqual([]);
});

function open({ botToken = slack.team.token, appToken = APP_TOKEN } = {}): SlackApp {
  heard = [];
  const opened = createSlackApp({
    transport: { kind: "socket", appToken },
    workspaces: { kind: "one", botToken },
    installations: createInstallationBook(database.client, "slack", createSealer("ab".repeat(32), [], "KEY")),
    endpoints: { api: slack.endpoints.api, authorize: "" },
    log: createLog("silent"),
  });
  opened.app.event("app_mention", async ({ event }) => void heard.push(event.text));
  return opened;
}

/** Says something and waits until it was heard. */
async function expectHearing(words: string): Promise<void> {
  slack.mention(slack.channel, words);
  await expect.poll(() => heard.some((text) => text.endsWith(words)), patient).toBe(true);
}
const connected = (count: number) => expect.poll(() => app.state().connected, patient).toBe(count);

describe("Socket Mode", () => {
  it("holds two connections, each event coming over one of them", async () => {
    await app.start();
    await connected(2);
    expect(slack.socketMode.connections()).toBe(2);
    for (const words of ["one", "two", "three", "four"]) await expectHearing(words);
    expect(heard).toHaveLength(4);
    expect(app.state()).toMatchObject({ ok: true, detail: "2 of 2 connections", renewed: 0 });
  });

  it("takes new connections when Slack wants them renewed, and misses nothing meanwhile", async () => {
    await app.start();
    await connected(2);
    for (let round = 1; round <= 3; round++) {
      slack.socketMode.announceDisconnect("refresh_requested");
      await expectHearing(`round ${round}`);
    }
    await connected(2);
    expect(app.state().renewed).toBeGreaterThanOrEqual(2);
    expect(heard).toHaveLength(3);
    expect(slack.faults).toEqual([]);
  });

  it("comes back after it was cut off", async () => {
    await app.start();
    await connected(2);
    slack.socketMode.cut();
    await expect.poll(() => slack.socketMode.counts.opened, patient).toBe(4);
    await expectHearing("back");
  });

  it("comes back after connections were refused", async () => {
    await app.start();
    await connected(2);
    slack.socketMode.refuse(3);
    slack.socketMode.cut();
    await connected(0);
    expect(app.state().ok).toBe(false);
    await connected(2);
    await expectHearing("back");
  });

  it.each([
    ["refuses the token for a while", new Refusal("invalid_auth"), /SLACK_APP_TOKEN \(invalid_auth\)/],
    ["has a fault of its own", new Refusal("internal_error"), /internal_error/],
  ])("comes back when Slack %s, where the library gives up for good", async (_, refusal, said) => {
    await app.start();
    await connected(2);
    slack.refuseNext(/^apps\.connections\.open$/, refusal, 4);
    slack.socketMode.cut();
    await expect.poll(() => app.state().detail, patient).toMatch(said);
    expect(app.state().ok).toBe(false);
    await connected(2);
    expect(app.state()).toMatchObject({ ok: true, detail: "2 of 2 connections" });
    await expectHearing("back");
  });

  it("waits as long as Slack says when it asked too often", async () => {
    await app.start();
    await connected(2);
    slack.refuseNext(/^apps\.connections\.open$/, new TooMany(1), 2);
    slack.socketMode.cut();
    await expect.poll(() => slack.socketMode.counts.opened, patient).toBe(4);
    await expectHearing("back");
  });

  it("stops in the middle of coming back", async () => {
    await app.start();
    await connected(2);
    slack.refuseNext(/^apps\.connections\.open$/, new Refusal("internal_error"), 100);
    slack.socketMode.cut();
    await connected(0);
    await app.stop();
    expect(slack.socketMode.counts.opened).toBe(2);
    expect(slack.socketMode.connections()).toBe(0);
  });
});

describe("starting", () => {
  it.each([
    ["SLACK_APP_TOKEN", { appToken: "xapp-1-wrong" }],
    ["SLACK_BOT_TOKEN", { botToken: "xoxb-wrong" }],
  ])("with a wrong %s says which one it is, without showing it", async (variable, wrong) => {
    const refused = open(wrong);
    const fault = await refused.start().then(
      () => null,
      (error: Error) => error,
    );
    expect(String(fault)).toContain(`Slack refuses ${variable} (invalid_auth)`);
    expect(String(fault)).not.toContain("wrong");
    await refused.stop();
    expect(slack.socketMode.connections()).toBe(0);
  });

  it("while Slack does not work goes on trying, so that nothing else of Rora waits for it", async () => {
    slack.socketMode.refuse(2);
    await app.start();
    await connected(2);
    await expectHearing("at last");
  });
});
