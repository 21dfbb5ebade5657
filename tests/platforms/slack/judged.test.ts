import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { createEmulator, type Emulator } from "emulate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SlackBot } from "../../../bots/slack/main.ts";
import { BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { mention } from "../../support/emulated-slack/served-app.ts";
import { sendSigned } from "../../support/emulated-slack/signed-request.ts";
import { patient, picture } from "../../support/slack/scene.ts";
import { scriptedSlackBot } from "../../support/slack/scripted.ts";

const SECRET = "what-slack-signs-with";
const BOT_TOKEN = "xoxb-of-rora";
const [BOT_USER, BOT_ID] = ["U00RORA", "B00RORA"];
const TEAM = "T000000001";

/** The Slack that `emulate` makes, with scopes enforced: others' reading of Slack's rules, beside our own loopback. */
let emulator: Emulator;
let host: ScriptedHost;
let bot: SlackBot;
let server: Server;
let url: string;
/** A member of the workspace, and the channel everybody is in. */
let alice: webApi.WebClient;
let channel: string;

beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());

async function open(): Promise<void> {
  const app = { name: "Rora", bot_name: "rora", bot_user_id: BOT_USER, bot_id: BOT_ID };
  const everything = [
    "channels:read",
    "channels:history",
    "chat:write",
    "files:read",
    "files:write",
    "reactions:write",
  ];
  const slack = {
    strict_scopes: true,
    users: [{ name: "alice" }],
    channels: [{ name: "places" }],
    oauth_apps: [{ ...app, client_id: "1.2", client_secret: "secret", scopes: BOT_SCOPES }],
    tokens: [
      {
        token: BOT_TOKEN,
        type: "bot",
        user_id: BOT_USER,
        bot_id: BOT_ID,
        bot_user_id: BOT_USER,
        scopes: BOT_SCOPES,
      },
      { token: "xoxp-alice", type: "user", user: "alice", scopes: everything },
    ],
  };
  emulator = await createEmulator({ service: "slack", port: 0, seed: { slack } });
  const api = `${emulator.url}/api/`;
  alice = new webApi.WebClient("xoxp-alice", { slackApiUrl: api });
  channel = (await alice.conversations.list()).channels!.find(({ name }) => name === "places")!.id!;
  const hosts = { protocol: "http:" as const, files: [new URL(emulator.url).host], others: [] };
  const team = { token: BOT_TOKEN } as Parameters<typeof scriptedSlackBot>[1]["team"];
  bot = scriptedSlackBot(
    host,
    { endpoints: { api, authorize: "", hosts }, team },
    { app: { transport: { kind: "http", signingSecret: SECRET } } },
  );
  await bot.start();
}

beforeEach(async () => {
  await open();
  server = createServer((request, response) => void bot.handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await bot.stop();
  server.close();
  server.closeAllConnections();
  await emulator.close();
});

/** Posts a picture as a member does. */
async function postPicture(text: string) {
  const { name, bytes } = await picture();
  await alice.files.uploadV2({
    channel_id: channel,
    file: Buffer.from(bytes),
    filename: name,
    initial_comment: text,
  });
  const { messages } = await alice.conversations.history({ channel });
  return messages!.find(({ files }) => files !== undefined)!;
}

const thread = async (ts: string) =>
  ((await alice.conversations.replies({ channel, ts })).messages ?? []).filter(
    (message) => message.ts !== ts,
  );

describe("the Slack that others wrote", () => {
  it("hands over a picture, and takes the answer with its blocks, cards and uploaded pictures", async () => {
    const posted = await postPicture(`<@${BOT_USER}> Which money?`);
    const question = posted.ts!;
    const event = { ...posted, type: "app_mention", subtype: undefined, channel };
    await sendSigned(url, mention(TEAM, posted.text!, { event }), { secret: SECRET });
    await expect
      .poll(async () => (await thread(question)).map(({ text }) => text).join(), patient)
      .toContain("Central African CFA franc");
    const answer = (await thread(question)).at(-1)!;
    expect(answer).toMatchObject({ user: BOT_USER, thread_ts: question });
    expect(answer.blocks!.length).toBeGreaterThan(1);
    expect(JSON.stringify(answer.blocks)).toContain("feedback_buttons");
    const [asked] = host.assistant.questions.slice(-1);
    expect(Buffer.from(asked!.image!.bytes).equals(Buffer.from((await picture()).bytes))).toBe(true);
  });

  it("tells of the picture that a thread hangs on, and shows the answer to all who read there", async () => {
    const above = await postPicture("Look at this");
    const text = `<@${BOT_USER}> Which money?`;
    const { ts } = await alice.chat.postMessage({ channel, thread_ts: above.ts!, text });
    const event = { type: "app_mention", channel, user: above.user, text, ts, thread_ts: above.ts };
    await sendSigned(url, mention(TEAM, text, { event }), { secret: SECRET });
    const answer = async () => (await thread(above.ts!)).find(({ user }) => user === BOT_USER);
    await expect.poll(async () => (await answer())?.text, patient).toContain("Central African CFA franc");
    const [asked] = host.assistant.questions.slice(-1);
    expect(Buffer.from(asked!.image!.bytes).equals(Buffer.from((await picture()).bytes))).toBe(true);
  });
});
