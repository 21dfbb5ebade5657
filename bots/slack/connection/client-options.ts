/** How Slack's library asks Slack. Its own settings suit jobs: ten retries over half an hour, and no time limit. */
import type { webApi } from "@slack/bolt";
import type { Logger } from "../../../src/log.ts";
import type { SlackEndpoints } from "./endpoints.ts";
import { libraryLog } from "./library-log.ts";
import { createPatientFetch } from "./patient-fetch.ts";

/** Milliseconds a call may take, uploads included, once it is its turn. */
const TIMEOUT = 20_000;
/** After 0.5, 1 and 2 seconds: people wait. */
const RETRIES = { retries: 3, factor: 2, minTimeout: 500, maxTimeout: 5_000, randomize: true };

/** `hurry`: from then on, calls that Slack wants to wait fail. */
export function clientOptions(
  { api }: Pick<SlackEndpoints, "api">,
  log: Logger,
  hurry: AbortSignal,
): webApi.WebClientOptions {
  return {
    slackApiUrl: api,
    // Otherwise a method's name that is an address would be sent the token.
    allowAbsoluteUrls: false,
    fetch: createPatientFetch(TIMEOUT, hurry),
    // Those that wait for their turn are no reason for others to wait.
    maxRequestConcurrency: 1_000,
    retryConfig: RETRIES,
    logger: libraryLog(log),
  };
}
