/** The Slack bot, introduced to what answers. */
import { createSlackApp } from "../../bots/slack/app.ts";
import { SLACK, type SlackEndpoints } from "../../bots/slack/connection/endpoints.ts";
import { createSlackBot, type SlackBot } from "../../bots/slack/main.ts";
import { examineSlack, type Finding } from "../../bots/slack/portal.ts";
import { createInstallationBook } from "../adapters/prisma/installation-book.ts";
import { drawRelevanceOverlay } from "../adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "../adapters/sharp/thumbnail.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Assistant, InstallationBook, Sealer } from "../ports.ts";
import { pseudonymKey } from "../pseudonym-key.ts";
import { createSealer } from "../sealing.ts";
import type { SlackConfig } from "../slack-config.ts";
import { eraseTenant } from "../tenant-erasure.ts";
import type { CoreOfBots } from "./bots.ts";
import type { Stores } from "./stores.ts";

export { manifestText } from "../../bots/slack/manifest/manifest.ts";

/** Null without Slack's variables. `endpoints` are others than Slack's in tests alone. */
export async function openSlackBot(
  core: Pick<CoreOfBots, "stores">,
  assistant: Assistant,
  config: Pick<Config, "slack" | "pseudonymKey" | "data" | "limits" | "web">,
  log: Logger,
  endpoints: SlackEndpoints = SLACK,
): Promise<SlackBot | null> {
  const { slack } = config;
  if (slack === null) return null;
  const installations = installationsOf(core.stores, slack);
  const app = createSlackApp({ ...slack, installations, endpoints, log });
  const { ledger, store, posts, events, people, settings } = core.stores;
  return createSlackBot(app, {
    hosts: endpoints.hosts,
    pseudonymKey: await pseudonymKey(config),
    assistant,
    ledger,
    store,
    posts,
    events,
    people,
    settings,
    installations,
    eraseTenant: (tenant) => eraseTenant(tenant, core.stores),
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    limits: config.limits,
    log,
    drainSeconds: config.web.drainSeconds,
  });
}

/** Asks Slack whether what is set is right. */
export function examineSlackSettings(
  slack: SlackConfig,
  log: Logger,
  endpoints: SlackEndpoints = SLACK,
): Promise<Finding[]> {
  return examineSlack({ ...slack, endpoints, log });
}

function installationsOf({ database }: Stores, { workspaces }: SlackConfig): InstallationBook {
  const sealer =
    workspaces.kind === "many"
      ? createSealer(workspaces.encryptionKey, workspaces.oldEncryptionKeys, "SLACK_ENCRYPTION_KEY")
      : NOTHING_TO_SEAL;
  return createInstallationBook(database.client, "slack", sealer);
}

/** One workspace's token is in the environment: nothing of it is kept, and leaving it needs no key. */
const NOTHING_TO_SEAL: Sealer = {
  seal: () => {
    throw new Error("there is no key");
  },
  open: () => {
    throw new Error("there is no key");
  },
  isCurrent: () => false,
};

/** Figures for /metrics. */
export function slackGauges(bot: Pick<SlackBot, "state">) {
  return {
    rora_slack_connections: {
      help: "Socket Mode connections the Slack bot wants.",
      value: () => bot.state().connections,
    },
    rora_slack_connected_connections: {
      help: "Socket Mode connections the Slack bot has.",
      value: () => bot.state().connected,
    },
    rora_slack_renewed_connections: {
      help: "Socket Mode connections made in place of lost ones.",
      value: () => bot.state().renewed,
    },
  };
}
