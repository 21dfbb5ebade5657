/** What the web chat gets: a core of its own, or one in another process. */
import type { DiscordBot } from "../../bots/discord/main.ts";
import type { SlackBot } from "../../bots/slack/main.ts";
import type { CoreWebOptions, ForwardingWebOptions } from "../../bots/web/options.ts";
import { createRemoteCore, type RemoteCore } from "../adapters/http/remote-core.ts";
import { drawRelevanceOverlay } from "../adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "../adapters/sharp/thumbnail.ts";
import type { Admission } from "../admission.ts";
import type { Config } from "../config.ts";
import { RoraError } from "../errors.ts";
import { teach } from "../knowledge/teach.ts";
import type { Logger } from "../log.ts";
import { type Core, readiness } from "./core.ts";
import { discordGauges } from "./discord.ts";
import { slackGauges } from "./slack.ts";

/** The bots that have joined a platform from this process. */
export interface JoinedBots {
  readonly discord: DiscordBot | null;
  readonly slack: SlackBot | null;
}

/** Of a process that answers questions itself. */
export function coreWebOptions(
  { stores, model }: Core,
  admission: Admission,
  config: Config,
  log: Logger,
  { discord = null, slack = null }: Partial<JoinedBots> = {},
): CoreWebOptions {
  return {
    ...config.web,
    assistant: admission,
    ledger: stores.ledger,
    store: stores.store,
    teach: (lesson) => teach(lesson, { ...model, store: stores.store, index: stores.index }),
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    readiness: async () => ({
      ...(await readiness(stores, model)),
      ...(discord === null ? {} : { discord: connection(discord) }),
      ...(slack === null ? {} : { slack: connection(slack) }),
    }),
    gauges: {
      ...(discord === null ? {} : discordGauges(discord)),
      ...(slack === null ? {} : slackGauges(slack)),
    },
    guest: slack?.handle,
    log,
    limits: config.limits,
  };
}

function connection(bot: { state(): { readonly ok: boolean; readonly detail: string } }) {
  const { ok, detail } = bot.state();
  return { ok, detail };
}

/** Of a process that asks a core. */
export function forwardingWebOptions(config: Config, log: Logger): ForwardingWebOptions {
  const core = openRemoteCore(config);
  return {
    ...config.web,
    assistant: core.assistant,
    forward: core.forward,
    readiness: () => core.readiness().catch(notReady),
    log,
    limits: config.limits,
  };
}

/** The core at CORE_URL, which is not asked before it is needed. */
export function openRemoteCore({ core }: Pick<Config, "core">): RemoteCore {
  if (core === null) throw new Error("this role has a core of its own");
  return createRemoteCore(core);
}

function notReady(fault: unknown) {
  const detail = fault instanceof RoraError ? fault.message : "does not answer";
  return { core: { ok: false, detail } };
}
