/** What can be done without joining: looking whether all is in order. */
import { webApi } from "@slack/bolt";
import type { Logger } from "../../src/log.ts";
import type { SlackAppOptions } from "./app.ts";
import { clientOptions } from "./connection/client-options.ts";
import { slackFault } from "./connection/faults.ts";
import { EVENTS_PATH, INSTALL_PATH } from "./connection/paths.ts";
import { APP_SCOPE, BOT_SCOPES } from "./manifest/scopes.ts";
import { refusalOf } from "./slack.ts";

/** One finding; `advice` says what to do about it. */
export interface Finding {
  readonly state: "ok" | "note" | "broken";
  readonly detail: string;
  readonly advice?: string;
}

export type PortalOptions = Pick<SlackAppOptions, "transport" | "workspaces" | "endpoints"> & {
  readonly log: Logger;
};

const REINSTALL =
  "Update the app's manifest from `npm run --silent rora -- slack manifest`, and install it to the workspace again.";

/** Asks Slack about the tokens that are set. A refusal is a finding. */
export async function examineSlack(options: PortalOptions): Promise<Finding[]> {
  const { transport, workspaces } = options;
  const forClients = clientOptions(options.endpoints, options.log, AbortSignal.abort());
  const client = (token: string) => new webApi.WebClient(token, forClients);
  return [
    ...(workspaces.kind === "one"
      ? await plainly("SLACK_BOT_TOKEN", () => examineBot(client(workspaces.botToken)))
      : [many()]),
    ...(transport.kind === "socket"
      ? await plainly("SLACK_APP_TOKEN", () => examineSockets(client(transport.appToken)))
      : [byHttp()]),
  ];
}

async function examineBot(client: webApi.WebClient): Promise<Finding[]> {
  const { team, user, response_metadata } = await client.auth.test();
  const joined: Finding = { state: "ok", detail: `the bot's token is that of ${user} in ${team}` };
  // From the header x-oauth-scopes of every answer.
  const granted = response_metadata?.scopes;
  if (granted === undefined)
    return [joined, { state: "note", detail: "Slack did not say which scopes are granted" }];
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length > 0)
    return [
      joined,
      { state: "broken", detail: `scopes are missing: ${missing.join(", ")}`, advice: REINSTALL },
    ];
  return [joined, { state: "ok", detail: `all ${BOT_SCOPES.length} scopes are granted` }];
}

async function examineSockets(client: webApi.WebClient): Promise<Finding[]> {
  await client.apps.connections.open();
  return [{ state: "ok", detail: "the app-level token opens connections: events come by Socket Mode" }];
}

function many(): Finding {
  const detail = `workspaces install it by OAuth at ${INSTALL_PATH}; their tokens are encrypted`;
  const advice = "The client's id and secret cannot be tried without installing it.";
  return { state: "note", detail, advice };
}

function byHttp(): Finding {
  const detail = `a signing secret is set: events come to ${EVENTS_PATH} by HTTP`;
  const advice = "Slack tries the address when you save it in the app's settings, page Event Subscriptions.";
  return { state: "note", detail, advice };
}

async function plainly(variable: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await work();
  } catch (cause) {
    const refusal = refusalOf(cause);
    const detail =
      refusal === null ? `${variable} could not be tried` : `Slack refuses ${variable}: ${refusal}`;
    return [
      { state: "broken", detail, advice: adviceOn(variable, refusal) ?? slackFault(cause, variable).message },
    ];
  }
}

function adviceOn(variable: string, refusal: string | null): string | null {
  if (variable !== "SLACK_APP_TOKEN") return null;
  if (refusal === "missing_scope" || refusal === "not_allowed_token_type")
    return `Make an app-level token with the scope ${APP_SCOPE}: the app's settings, page Basic Information.`;
  return null;
}
