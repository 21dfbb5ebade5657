/** The connection to Slack: Bolt over Socket Mode, for one workspace. */
import { App, LogLevel, webApi } from "@slack/bolt";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Client } from "./slack.ts";

export interface SlackAppOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Base address of the Web API, with a slash at its end. */
  readonly api: string;
}

export interface SlackApp {
  readonly app: App;
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): { readonly ok: boolean; readonly detail: string };
  /** Null for a workspace that took the bot away. */
  readonly clientOf: (tenant: Tenant) => Promise<Client | null>;
}

export function createSlackApp({ botToken, appToken, api }: SlackAppOptions): SlackApp {
  const clientOptions = { slackApiUrl: api, timeout: 15_000, retryConfig: { retries: 3 } };
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  const client = new webApi.WebClient(botToken, clientOptions);
  return {
    app,
    start: async () => void (await app.start()),
    stop: async () => void (await app.stop()),
    state: () => ({ ok: true, detail: "connected" }),
    clientOf: async () => client,
  };
}
