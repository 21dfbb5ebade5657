import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, webApi } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { post } from "../../support/slack/http-delivery.ts";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { APP_TOKEN, SIGNING_SECRET } from "../../support/slack/world.ts";

let slack: LoopbackSlack;
let app: App | null = null;
beforeEach(async () => {
  slack = await openLoopbackSlack();
});
afterEach(async () => {
  await app?.stop();
  app = null;
  await slack.close();
});

interface Frame {
  readonly type: string;
  readonly envelope_id?: string;
}

const patient = { timeout: 20_000, interval: 10 };
const logLevel = webApi.LogLevel.ERROR;

/** An app with nothing to hear yet. */
function connecting(): App {
  const clientOptions = { slackApiUrl: slack.endpoints.api };
  return new App({ token: slack.team.token, appToken: APP_TOKEN, socketMode: true, clientOptions, logLevel });
}

describe("the loopback Slack, over Socket Mode,", () => {
  it("brings a mention with its file twice, as Slack does: as a mention and as a message", async () => {
    const heard: string[] = [];
    app = connecting();
    app.event("app_mention", async ({ event }) => void heard.push(`mention with ${event.files?.[0]?.name}`));
    app.event("message", async ({ event }) => void heard.push(`message ${event.subtype}`));
    await app.start();
    slack.mention(slack.channel, "What is it?", { files: [{ name: "a.png", bytes: Buffer.from("a") }] });
    await expect.poll(() => heard.sort(), patient).toEqual(["mention with a.png", "message file_share"]);
    expect(slack.faults).toEqual([]);
  });

  it("sends an event once more with the same id, and says why, when it is not acknowledged", async () => {
    slack.world.patience.ack = 100;
    const client = new webApi.WebClient(APP_TOKEN, { slackApiUrl: slack.endpoints.api, logLevel });
    const socket = new WebSocket((await client.apps.connections.open()).url!);
    const frames: Frame[] = [];
    socket.on("message", (raw) => frames.push(JSON.parse(String(raw)) as Frame));
    await expect.poll(() => frames[0]?.type, patient).toBe("hello");
    const question = slack.say(slack.channel, "What is it?");
    await expect.poll(() => frames.length, patient).toBe(3);
    const [id] = question.event.ids.values();
    expect(frames.slice(1)).toMatchObject([
      { type: "events_api", retry_attempt: 0, payload: { event_id: id } },
      { type: "events_api", retry_attempt: 1, retry_reason: "timeout", payload: { event_id: id } },
    ]);
    expect(frames[1]!.envelope_id).toBe(frames[2]!.envelope_id);
    const announced = slack.announce(question);
    await expect.poll(() => frames.length, patient).toBe(4);
    for (const { envelope_id } of frames.slice(2)) socket.send(JSON.stringify({ envelope_id }));
    await announced;
    expect(frames[3]).toMatchObject({ retry_attempt: 0, payload: { event_id: id } });
    socket.close();
  });

  it("keeps events for a connection that comes back, and loses what people pressed meanwhile", async () => {
    const heard: string[] = [];
    slack.mention(slack.channel, "early");
    await slack.command(slack.channel, "/ask");
    app = connecting();
    app.event("app_mention", async ({ event }) => void heard.push(event.text));
    await app.start();
    await expect.poll(() => heard, patient).toEqual([expect.stringContaining("early")]);
    expect(slack.faults).toEqual(["slash_commands /ask came while nobody was connected"]);
  });

  it("keeps two workspaces apart", async () => {
    const other = slack.addTeam({ name: "globex" });
    const client = new webApi.WebClient(other.team.token, { slackApiUrl: slack.endpoints.api, logLevel });
    const foreign = client.chat.postMessage({ channel: slack.channel, text: "a" });
    await expect(foreign).rejects.toThrow("channel_not_found");
    expect(other.team.botUser).not.toBe(slack.team.botUser);
  });
});

describe("the loopback Slack, over HTTP,", () => {
  let url: string;
  /** An app that hears by HTTP, listening once `prepare` has told it what to hear. */
  const start = async (prepare: (app: App) => void = () => {}) => {
    const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel });
    app = new App({
      token: slack.team.token,
      receiver,
      clientOptions: { slackApiUrl: slack.endpoints.api },
      logLevel,
    });
    prepare(app);
    const server = (await app.start(0)) as Server;
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    slack.deliverTo(url);
  };

  it("signs what it sends, and takes answers to what people do", async () => {
    const heard: string[] = [];
    await start((app) => {
      app.event("app_mention", async ({ event }) => void heard.push(event.text));
      app.command("/ask", async ({ ack, respond }) => {
        await ack();
        for (let number = 0; number < 5; number++) await respond(`${number}`);
        heard.push(await respond("5").then(String, (error: Error) => error.message));
      });
    });
    slack.mention(slack.channel, "hello");
    await slack.command(slack.channel, "/ask");
    await expect.poll(() => heard.length, patient).toBe(2);
    expect(slack.answersIn(slack.channel).map(({ onlyFor }) => onlyFor)).toEqual(
      Array(5).fill(slack.alice.id),
    );
    expect(heard).toContainEqual(expect.stringContaining("404"));
    expect(slack.faults).toEqual([]);
  });

  it("can sign wrongly and too late, which Bolt refuses", async () => {
    await start();
    const parcel = { kind: "events_api" as const, payload: { type: "event_callback" } };
    expect((await post(url, parcel, { secret: "another" })).status).toBe(401);
    expect((await post(url, parcel, { age: 600 })).status).toBe(401);
  });

  it("sends again what was not taken, and counts", async () => {
    const heard: string[] = [];
    const stubborn = createServer((request, response) => {
      heard.push(`${request.headers["x-slack-retry-num"]} ${request.headers["x-slack-retry-reason"]}`);
      response.writeHead(heard.length === 1 ? 500 : 200).end();
    }).listen(0, "127.0.0.1");
    await once(stubborn, "listening");
    slack.deliverTo(`http://127.0.0.1:${(stubborn.address() as AddressInfo).port}/`);
    slack.say(slack.channel, "hello");
    await expect.poll(() => heard, patient).toEqual(["undefined undefined", "1 http_error"]);
    stubborn.close();
  });
});
