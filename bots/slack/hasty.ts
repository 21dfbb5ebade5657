/** Clients for what is not worth waiting for, such as progress: they give up at once where Slack says to come back later. */
import { webApi } from "@slack/bolt";
import type { Logger } from "../../src/log.ts";
import { libraryLog } from "./connection/library-log.ts";
import type { Client } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds. Not in a hurry here: a stream whose beginning was given up too early would stay there, begun by nobody. */
const TIMEOUT = 20_000;

export type HastyClients = (workspace: Pick<Workspace, "client" | "token">) => Client;

/** A client that is told to wait holds up all its other calls; so these are others. */
export function createHastyClients(log: Logger): HastyClients {
  const known = new WeakMap<Client, Client>();
  return ({ client, token }) => {
    const before = known.get(client);
    if (before !== undefined) return before;
    const made = new webApi.WebClient(token, {
      slackApiUrl: client.slackApiUrl,
      allowAbsoluteUrls: false,
      timeout: TIMEOUT,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: libraryLog(log),
    });
    known.set(client, made);
    return made;
  };
}
