/** What every handler shares. */
import type { Attachment, Client } from "discord.js";
import type { LRUCache } from "lru-cache";
import type { HourlyLimit } from "../chat/hourly-limit.ts";
import type { SettingsCache } from "../chat/settings-cache.ts";
import type { Showing, Turn } from "../chat/turn.ts";
import type { DiscordOptions } from "./options.ts";
import type { Texts } from "./texts/english.ts";

/** A message chosen by "Ask about this image", until its form comes back. */
export interface ChosenMessage {
  readonly attachments: readonly Attachment[];
}

export interface Bot {
  readonly client: Client<true>;
  readonly options: DiscordOptions;
  readonly settings: SettingsCache;
  readonly hourly: HourlyLimit;
  readonly chosen: LRUCache<string, ChosenMessage>;
  /** Threads that were told what can be read in them. */
  readonly toldThreads: LRUCache<string, true>;
  /** Takes a question; it runs on its own, and stopping waits for it. */
  run(turn: Turn<Texts>, showing: Showing): void;
}
