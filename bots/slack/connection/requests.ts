/** Slack's requests to the web chat's port, all under /slack/: signed events, and installing by OAuth. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { HTTPReceiver, type HTTPReceiverOptions, type InstallProviderOptions } from "@slack/bolt";
import type { Logger } from "../../../src/log.ts";
import { installationFailed, installed } from "../installing/pages.ts";
import { libraryLog } from "./library-log.ts";
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from "./paths.ts";

/** What OAuth needs beside the library's own part. */
export interface InstallingOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly scopes: readonly string[];
  readonly installationStore: NonNullable<InstallProviderOptions["installationStore"]>;
  readonly authorizationUrl: string;
  readonly clientOptions: NonNullable<InstallProviderOptions["clientOptions"]>;
}

interface RequestOptions {
  /** Null: events come another way, and none are taken here. */
  readonly signingSecret: string | null;
  /** Null: nobody installs it here. */
  readonly installing: InstallingOptions | null;
  readonly log: Logger;
}

/** The library's receiver without its server. Bad and stale signatures get a 401, foreign or old states a page that says so. */
export function createRequests({ signingSecret, installing, log }: RequestOptions) {
  const receiver = new HTTPReceiver({
    signingSecret: signingSecret ?? "",
    signatureVerification: signingSecret !== null,
    endpoints: signingSecret === null ? [] : EVENTS_PATH,
    logger: libraryLog(log),
    ...(installing === null ? {} : oauthOptions(installing)),
  });
  return {
    receiver,
    /** False when the request is not for Slack's part; then nothing was done with it. */
    handle(request: IncomingMessage, response: ServerResponse): boolean {
      if (!request.url?.startsWith("/slack/")) return false;
      try {
        receiver.requestListener(request, response);
      } catch {
        // The library throws at addresses it does not know.
        response.writeHead(404).end();
      }
      return true;
    },
  };
}

function oauthOptions(installing: InstallingOptions): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret, scopes, installationStore, authorizationUrl, clientOptions } =
    installing;
  return {
    clientId,
    clientSecret,
    stateSecret,
    installationStore,
    scopes: [...scopes],
    installerOptions: {
      // Straight to Slack's own page, which tells what the app asks for.
      directInstall: true,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      authorizationUrl,
      clientOptions,
      callbackOptions: { success: installed, failure: installationFailed },
    },
  };
}
