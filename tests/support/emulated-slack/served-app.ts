/** The bot's own Slack app on a port, with listeners that write down what reached them. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { webApi } from "@slack/bolt";
import { createSlackApp, type SlackAppOptions } from "../../../bots/slack/app.ts";
import { listenForLeaving } from "../../../bots/slack/installing/leaving.ts";
import { createLog } from "../../../src/log.ts";
import type { InstallationBook } from "../../../src/ports.ts";

/** An event as its listener got it, and the client to answer with. */
export interface Heard {
  readonly text: string;
  readonly teamId: string | undefined;
  readonly client: webApi.WebClient;
}

export interface ServedOptions extends Omit<SlackAppOptions, "log" | "installations"> {
  readonly installations: InstallationBook;
  readonly eraseTenant?: (tenant: string) => Promise<unknown>;
  readonly breakOff?: (tenant: string) => Promise<void>;
}

export async function serveApp(options: ServedOptions) {
  const { installations: book, eraseTenant = async () => 0, breakOff = async () => {} } = options;
  const log = createLog("silent");
  const slack = createSlackApp({ ...options, log });
  const leaving = listenForLeaving(slack.app, { book, eraseTenant, breakOff, log });
  const heard: Heard[] = [];
  slack.app.event("app_mention", async ({ event, context, client }) => {
    heard.push({ text: event.text, teamId: context.teamId, client });
  });
  const server = createServer((request, response) => {
    if (!slack.handle(request, response)) response.writeHead(418).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    await slack.stop();
    server.close();
    server.closeAllConnections();
  };
  await leaving.finish();
  await slack.start().catch(async (fault: unknown) => {
    await close();
    throw fault;
  });
  return { slack, heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** What Slack sends for an event of a workspace. */
export function eventBody(
  teamId: string,
  event: Record<string, unknown>,
  more: Record<string, unknown> = {},
) {
  return {
    type: "event_callback",
    team_id: teamId,
    api_app_id: "A1",
    event_id: `Ev${randomUUID()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: teamId, user_id: "UBOT", is_bot: true }],
    event,
    ...more,
  };
}

export function mention(teamId: string, text: string, more: Record<string, unknown> = {}) {
  return eventBody(
    teamId,
    { type: "app_mention", user: "U1", text, ts: "1.000100", channel: "C1", event_ts: "1.000100" },
    more,
  );
}
