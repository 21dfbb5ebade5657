/** The connection to Discord, with no more than is needed. */
import { Client, GatewayIntentBits, Options, Partials } from "discord.js";
import type { DiscordEndpoints } from "./options.ts";
import { LeavingStrategy } from "./sharding.ts";

/** None is privileged: what mentions, replies to or is sent to the bot comes with its content all the same. */
export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
];

/** Messages kept by channel; answers are looked up in the database, not here. */
const CACHED_MESSAGES = 20;

export function createClient({ api }: Pick<DiscordEndpoints, "api">): Client {
  return new Client({
    intents: INTENTS,
    // Without these, reactions to messages from before the start and first direct messages never arrive.
    partials: [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    // A message that is sent again after a broken connection is the same message.
    enforceNonce: true,
    shards: "auto",
    ws: { buildStrategy: (manager) => new LeavingStrategy(manager) },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: CACHED_MESSAGES,
      PresenceManager: 0,
    }),
    rest: { api, retries: 5, timeout: 15_000, invalidRequestWarningInterval: 500 },
  });
}
