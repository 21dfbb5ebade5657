/** Slack's app without what it says: how events come, whose tokens it has, and staying connected. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { App, type Receiver, webApi } from "@slack/bolt";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Logger } from "../../src/log.ts";
import type { InstallationBook } from "../../src/ports.ts";
import { clientOptions } from "./connection/client-options.ts";
import type { SlackEndpoints } from "./connection/endpoints.ts";
import { slackFault } from "./connection/faults.ts";
import { libraryLog } from "./connection/library-log.ts";
import { EVENTS_PATH } from "./connection/paths.ts";
import { createRequests } from "./connection/requests.ts";
import { createSockets } from "./connection/sockets.ts";
import { oneWorkspace } from "./installing/one-workspace.ts";
import { createInstallationStore, tokenFor } from "./installing/store.ts";
import { BOT_SCOPES } from "./manifest/scopes.ts";
import { type Client, loggable, refusalOf } from "./slack.ts";

export interface SlackAppOptions {
  /** How events come. Tokens and secrets are never logged. */
  readonly transport:
    | { readonly kind: "socket"; readonly appToken: string }
    | { readonly kind: "http"; readonly signingSecret: string };
  readonly workspaces:
    | { readonly kind: "one"; readonly botToken: string }
    | {
        readonly kind: "many";
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
      };
  readonly installations: Pick<InstallationBook, "put" | "secret" | "secretFor" | "addTenant" | "reseal">;
  readonly endpoints: Pick<SlackEndpoints, "api" | "authorize">;
  readonly log: Logger;
}

export interface SlackState {
  readonly ok: boolean;
  readonly detail: string;
  /** Of Socket Mode; 0 where events come by HTTP. */
  readonly connections: number;
  readonly connected: number;
  readonly renewed: number;
}

export interface SlackApp {
  /** Listeners are registered on it before `start`. */
  readonly app: App;
  /**
   * Takes events. Throws RoraError that says what to correct when Slack refuses a token; when Slack merely does not answer, it
   * goes on trying.
   */
  start(): Promise<void>;
  /** Takes no more events; what is being done for earlier ones is the listeners'. */
  stop(): Promise<void>;
  /** Gives up the calls that wait because Slack takes so many only, and lets no other wait. */
  hurry(): void;
  state(): SlackState;
  /** What the bot speaks with in a workspace when nothing came from there; null where it is not installed (any more). */
  clientOf(tenant: Tenant): Promise<Client | null>;
  /** For requests to the web chat's server: false when one is not Slack's, and then nothing was done with it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { transport, workspaces, installations, endpoints, log } = options;
  const hurry = new AbortController();
  const forClients = clientOptions(endpoints, log, hurry.signal);
  const sockets =
    transport.kind === "socket" ? createSockets({ ...transport, clientOptions: forClients, log }) : null;
  const requests = createRequests({
    signingSecret: transport.kind === "http" ? transport.signingSecret : null,
    installing:
      workspaces.kind === "one"
        ? null
        : {
            ...workspaces,
            scopes: BOT_SCOPES,
            installationStore: createInstallationStore(installations),
            authorizationUrl: endpoints.authorize,
            clientOptions: forClients,
          },
    log,
  });
  const own = workspaces.kind === "one" ? new webApi.WebClient(workspaces.botToken, forClients) : null;
  const one = own === null ? null : oneWorkspace(own);
  const app = new App({
    receiver: both(requests.receiver, sockets),
    authorize: one?.authorize ?? requests.receiver.installer!.authorize,
    clientOptions: forClients,
    logger: libraryLog(log),
    // Conversations are in the ledger.
    convoStore: false,
  });
  // Without this, Bolt throws what a listener threw, and Slack is told to send the event again.
  app.error(async (error) =>
    log.error({ err: loggable(error.original ?? error) }, "Slack: an event could not be handled"),
  );

  return {
    app,

    async start() {
      const renewed = workspaces.kind === "many" ? await installations.reseal() : 0;
      if (renewed > 0) log.info({ renewed }, "Slack: tokens are encrypted with the current key");
      if (one !== null) await orLater(one.whoAmI(), "SLACK_BOT_TOKEN");
      if (sockets !== null) await orLater(sockets.start(), "SLACK_APP_TOKEN");
    },

    async stop() {
      await sockets?.stop();
    },

    hurry: () => hurry.abort(),

    state() {
      if (sockets === null)
        return {
          ok: true,
          detail: `events come to ${EVENTS_PATH}`,
          connections: 0,
          connected: 0,
          renewed: 0,
        };
      const { connections, connected, renewed, fault } = sockets.state();
      const detail = `${connected} of ${connections} connections${fault === null ? "" : `; ${fault}`}`;
      return { ok: connected > 0, detail, connections, connected, renewed };
    },

    async clientOf(tenant) {
      if (own !== null) return own;
      const token = await tokenFor(tenant, installations);
      return token === null ? null : new webApi.WebClient(token, forClients);
    },

    handle: requests.handle,
  };

  /** A refusal is for whoever starts it; a silence may pass. */
  async function orLater(work: Promise<unknown>, variable: string): Promise<void> {
    try {
      await work;
    } catch (cause) {
      const fault = slackFault(cause, variable);
      if (refusalOf(cause) !== null) {
        await sockets?.stop();
        throw fault;
      }
      log.warn({ err: fault }, "Slack: does not answer yet");
    }
  }
}

/** Bolt gives an app one receiver; it only needs to know it for `init`, the rest is done above. */
function both(...receivers: (Receiver | null)[]): Receiver {
  return {
    init(app) {
      for (const receiver of receivers) receiver?.init(app);
    },
    start: async () => {},
    stop: async () => {},
  };
}
