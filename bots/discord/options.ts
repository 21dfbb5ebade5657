/** What the Discord bot needs. It knows no store, model or library behind these; start fills them in. */
import type { RelevanceMap } from "../../src/domain/image.ts";
import type { Logger } from "../../src/log.ts";
import type {
  Assistant,
  KnowledgeStore,
  Ledger,
  PeopleBook,
  PostBook,
  SettingsStore,
} from "../../src/ports.ts";

/** Where Discord is; tests point it at their own machine. */
export interface DiscordEndpoints {
  /** Base address of the REST interface, without version. */
  readonly api: string;
  /** Hosts (with port, if any) that attachments may be fetched from, and by which protocol. */
  readonly attachments: { readonly protocol: "https:" | "http:"; readonly hosts: readonly string[] };
}

/**
 * Hosts of attachments, and of Discord's copies of linked pictures:
 * https://docs.discord.com/developers/reference#signed-attachment-cdn-urls
 */
export const DISCORD: DiscordEndpoints = {
  api: "https://discord.com/api",
  attachments: {
    protocol: "https:",
    hosts: [
      "cdn.discordapp.com",
      "media.discordapp.net",
      "images-ext-1.discordapp.net",
      "images-ext-2.discordapp.net",
    ],
  },
};

export interface DiscordOptions {
  /** The bot's token. A secret: never logged. */
  readonly token: string;
  readonly endpoints: DiscordEndpoints;
  /** Key of the pseudonyms; who holds it could tell which of them is whose. */
  readonly pseudonymKey: Uint8Array;
  readonly assistant: Assistant;
  readonly ledger: Pick<
    Ledger,
    "interaction" | "image" | "recordFeedback" | "withdrawFeedback" | "exportPerson" | "erasePerson"
  >;
  readonly people: PeopleBook;
  readonly store: Pick<KnowledgeStore, "lookUp" | "firstImages">;
  readonly posts: PostBook;
  readonly settings: SettingsStore;
  /** The picture (bytes as posted) with its relevance map laid over it, as PNG. */
  readonly drawOverlay: (image: Uint8Array, map: RelevanceMap) => Promise<Uint8Array>;
  /** A picture scaled down to `width` pixels, as PNG. */
  readonly thumbnail: (image: Uint8Array, width: number) => Promise<Uint8Array>;
  /** What answers, in words for people: model and knowledge. */
  readonly about: () => Promise<{ readonly model: string; readonly entities: number }>;
  readonly limits: { readonly imageBytes: number; readonly questionCharacters: number };
  readonly log: Logger;
  /** Seconds that questions under way may take when the bot stops. */
  readonly drainSeconds: number;
}
