import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BOT_EVENTS, BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { openDatabase } from "../../../src/adapters/prisma/database.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { createSealer } from "../../../src/sealing.ts";
import { type Running, start } from "../../../src/start.ts";
import { Visitor } from "../../support/emulated-slack/browser.ts";
import { CLIENT, openEmulatedSlack } from "../../support/emulated-slack/workspaces.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { isAnswer, patient } from "../../support/slack/scene.ts";
import { APP_TOKEN, SIGNING_SECRET } from "../../support/slack/world.ts";

const KEY = "5a".repeat(32);

let folder: string;
let slack: LoopbackSlack;
let rora: Running;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-slack-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  slack = await openLoopbackSlack({ subscribed: new Set(BOT_EVENTS), scopes: BOT_SCOPES });
  slack.rates.speed = 1_000;
});
afterEach(async () => {
  await rora?.close();
  await slack.close();
});

async function startRora(set: Record<string, string>): Promise<void> {
  const config = readConfig({ DATA_DIR: folder, PORT: "0", SLACK_BOT_TOKEN: slack.team.token, ...set });
  const { signal } = new AbortController();
  rora = await start(config, createLog("silent"), { signal, slack: slack.endpoints });
}

async function askAboutFlag() {
  const file = await flagPhoto("fr");
  const photo = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  slack.mention(slack.channel, "What is the capital?", { files: [photo] });
  const answers = () => slack.answersIn(slack.channel).filter(isAnswer);
  await expect.poll(() => answers().length, patient).toBe(1);
  return slack.textsIn(slack.channel).join("\n");
}

describe("Rora with Slack's tokens", () => {
  it("joins by Socket Mode, tells of it, answers, and leaves when it stops", async () => {
    await startRora({ SLACK_APP_TOKEN: APP_TOKEN });
    await expect.poll(() => slack.socketMode.connections(), patient).toBe(2);
    const ready = (await (await fetch(`${rora.url}/ready`)).json()) as { dependencies: object };
    expect(ready.dependencies).toMatchObject({ slack: { ok: true, detail: "2 of 2 connections" } });
    expect(await (await fetch(`${rora.url}/metrics`)).text()).toContain("rora_slack_connected_connections 2");
    expect(await askAboutFlag()).toContain("Paris");
    await rora.close();
    await expect.poll(() => slack.socketMode.connections(), patient).toBe(0);
  }, 300_000);

  it("answers what comes as signed requests to the web chat's port", async () => {
    await startRora({ SLACK_SIGNING_SECRET: SIGNING_SECRET });
    slack.deliverTo(`${rora.url}/slack/events`);
    const ready = (await (await fetch(`${rora.url}/ready`)).json()) as { dependencies: object };
    expect(ready.dependencies).toMatchObject({ slack: { ok: true, detail: "events come to /slack/events" } });
    expect(await askAboutFlag()).toContain("Paris");
    expect(slack.socketMode.counts.opened).toBe(0);
  }, 300_000);

  it("is installed by any workspace at the web chat's address, whose token the key of the environment encrypts", async () => {
    const emulated = await openEmulatedSlack(["Acme"]);
    const config = readConfig({
      DATA_DIR: folder,
      PORT: "0",
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CLIENT_ID: CLIENT.clientId,
      SLACK_CLIENT_SECRET: CLIENT.clientSecret,
      SLACK_STATE_SECRET: "what-we-sign-states-with",
      SLACK_ENCRYPTION_KEY: KEY,
    });
    const endpoints = { ...emulated.endpoints, hosts: slack.endpoints.hosts };
    const { signal } = new AbortController();
    rora = await start(config, createLog("silent"), { signal, slack: endpoints });
    const visit = await new Visitor(rora.url, emulated).install(emulated.workspaces[0]!);
    expect(visit).toMatchObject({ status: 200, text: expect.stringContaining("installed in Acme") });
    await rora.close();
    await emulated.close();

    const database = await openDatabase({ folder });
    const book = createInstallationBook(database.client, "slack", createSealer(KEY, [], "KEY"));
    const secret = await book.secret(emulated.workspaces[0]!.id);
    await database.close();
    expect(secret).toContain(emulated.tokensOf(emulated.workspaces[0]!)[0]);
  }, 300_000);

  it("does not start with a token that Slack refuses, and leaves nothing open", async () => {
    const set = { SLACK_APP_TOKEN: APP_TOKEN, SLACK_BOT_TOKEN: "xoxb-wrong" };
    await expect(startRora(set)).rejects.toThrow("Slack refuses SLACK_BOT_TOKEN (invalid_auth)");
    await startRora({ SLACK_APP_TOKEN: APP_TOKEN });
    expect(await askAboutFlag()).toContain("Paris");
  }, 300_000);
});
