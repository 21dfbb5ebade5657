/** The connection to Slack: Bolt over Socket Mode, for one workspace. */
import { App, LogLevel } from "@slack/bolt";

export interface SlackAppOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Base address of the Web API, with a slash at its end. */
  readonly api: string;
}

export function createSlackApp({ botToken, appToken, api }: SlackAppOptions) {
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: api, timeout: 15_000, retryConfig: { retries: 3 } },
  });
  return {
    app,
    start: async () => void (await app.start()),
    stop: async () => void (await app.stop()),
    state: () => ({ ok: true, detail: "connected" }),
  };
}
