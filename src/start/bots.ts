/** The bots that join chat platforms from this process: those whose variables are set. */
import type { DiscordBot } from "../../bots/discord/main.ts";
import type { DiscordEndpoints } from "../../bots/discord/options.ts";
import type { SlackEndpoints } from "../../bots/slack/connection/endpoints.ts";
import type { SlackBot } from "../../bots/slack/main.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Assistant } from "../ports.ts";
import { discordGauges, openDiscordBot } from "./discord.ts";
import { openSlackBot, slackGauges } from "./slack.ts";
import type { Stores } from "./stores.ts";

/** Of a core, here or elsewhere, what bots read and write besides asking it. */
export interface CoreOfBots {
  readonly stores: Stores;
  /** What answers, in words for people: model and knowledge. */
  readonly about: () => Promise<{ readonly model: string; readonly entities: number }>;
}

/** Where platforms are, others than their own in tests alone. */
export interface PlatformEndpoints {
  readonly discord?: DiscordEndpoints;
  readonly slack?: SlackEndpoints;
}

export interface Bots {
  readonly discord: DiscordBot | null;
  readonly slack: SlackBot | null;
}

export async function openBots(
  core: CoreOfBots,
  assistant: Assistant,
  config: Config,
  log: Logger,
  endpoints: PlatformEndpoints,
): Promise<Bots> {
  return {
    discord: await openDiscordBot(core, assistant, config, log, endpoints.discord),
    slack: await openSlackBot(core, assistant, config, log, endpoints.slack),
  };
}

export async function startBots({ discord, slack }: Bots): Promise<void> {
  await discord?.start();
  await slack?.start();
}

export async function stopBots({ discord, slack }: Bots): Promise<void> {
  await Promise.all([discord?.stop(), slack?.stop()]);
}

/**
 * What the web server tells of them at /ready and /metrics, and what it hands on to them. `needed`: false where a web chat
 * answers in the same process, which must not go down with a platform.
 */
export function botsInWeb(bots: Partial<Bots>, { needed }: { readonly needed: boolean }) {
  const { discord = null, slack = null } = bots;
  const joined = Object.entries({ discord, slack }).filter(([, bot]) => bot !== null);
  return {
    readiness: () =>
      Object.fromEntries(
        joined.map(([name, bot]) => {
          const { ok, detail } = bot!.state();
          return [name, { ok, detail, needed }] as const;
        }),
      ),
    gauges: {
      ...(discord === null ? {} : discordGauges(discord)),
      ...(slack === null ? {} : slackGauges(slack)),
    },
    guest: slack?.handle,
  };
}
