/** The Discord bot, introduced to what answers. */
import { createDiscordBot, type DiscordBot } from "../../bots/discord/main.ts";
import { DISCORD, type DiscordEndpoints, type DiscordOptions } from "../../bots/discord/options.ts";
import { createPortal, type DiscordPortal } from "../../bots/discord/portal.ts";
import { drawRelevanceOverlay } from "../adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "../adapters/sharp/thumbnail.ts";
import type { Config } from "../config.ts";
import { RoraError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { Assistant } from "../ports.ts";
import { pseudonymKey } from "../pseudonym-key.ts";
import type { CoreOfBots } from "./bots.ts";

/** Null without DISCORD_TOKEN. `endpoints` are others than Discord's in tests alone. */
export async function openDiscordBot(
  core: CoreOfBots,
  assistant: Assistant,
  config: Config,
  log: Logger,
  endpoints: DiscordEndpoints = DISCORD,
): Promise<DiscordBot | null> {
  const options = await discordOptions(core, assistant, config, log, endpoints);
  return options === null ? null : createDiscordBot(options);
}

/** What the bot gets; null without DISCORD_TOKEN. */
export async function discordOptions(
  { stores, about }: CoreOfBots,
  assistant: Assistant,
  config: Config,
  log: Logger,
  endpoints: DiscordEndpoints,
): Promise<DiscordOptions | null> {
  if (config.discord === null) return null;
  const { ledger, people, store, posts, settings } = stores;
  return {
    token: config.discord.token,
    endpoints,
    pseudonymKey: await pseudonymKey(config),
    assistant,
    ledger,
    people,
    store,
    posts,
    settings,
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    about,
    limits: config.limits,
    log,
    drainSeconds: config.web.drainSeconds,
  };
}

/** What can be done without joining. Throws RoraError `bad-request` without DISCORD_TOKEN. */
export function openDiscordPortal(
  { discord, limits }: Pick<Config, "discord" | "limits">,
  endpoints: DiscordEndpoints = DISCORD,
): DiscordPortal {
  if (discord === null) throw new RoraError("bad-request", "Set DISCORD_TOKEN first: see docs/discord.md.");
  return createPortal({ token: discord.token, endpoints, limits });
}

/** Figures for /metrics. */
export function discordGauges(bot: DiscordBot) {
  return {
    rora_discord_shards: { help: "Shards of the Discord bot.", value: () => bot.state().shards },
    rora_discord_connected_shards: {
      help: "Shards of the Discord bot that are connected.",
      value: () => bot.state().connected,
    },
    rora_discord_servers: { help: "Servers the Discord bot is on.", value: () => bot.state().guilds },
  };
}
