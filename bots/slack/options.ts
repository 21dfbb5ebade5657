/** What the Slack bot needs. It knows no store, model or library behind these; start fills them in. */

import type { RelevanceMap } from "../../src/domain/image.ts";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Logger } from "../../src/log.ts";
import type {
  Assistant,
  EventBook,
  InstallationBook,
  KnowledgeStore,
  Ledger,
  PeopleBook,
  PostBook,
  SettingsStore,
} from "../../src/ports.ts";

/** Hosts that pictures are fetched from, with port if any. `*.` in front stands for any name below. */
export interface SlackHosts {
  readonly protocol: "https:" | "http:";
  /** Where files lie; these alone get the token. https://docs.slack.dev/reference/objects/file-object */
  readonly files: readonly string[];
  /** Slack's other hosts: they may be asked, without the token. */
  readonly others: readonly string[];
}

export const SLACK_HOSTS: SlackHosts = {
  protocol: "https:",
  files: ["files.slack.com", "files.slack-gov.com"],
  others: ["*.slack.com", "*.slack-edge.com", "*.slack-files.com", "*.slack-gov.com"],
};

export interface SlackOptions {
  readonly hosts: SlackHosts;
  /** Key of the pseudonyms; who holds it could tell which of them is whose. */
  readonly pseudonymKey: Uint8Array;
  readonly assistant: Assistant;
  readonly ledger: Pick<
    Ledger,
    "interaction" | "image" | "recordFeedback" | "withdrawFeedback" | "exportPerson" | "erasePerson"
  >;
  readonly people: PeopleBook;
  readonly events: EventBook;
  readonly installations: Pick<InstallationBook, "leave" | "left" | "forget">;
  /** Erases all that is kept of a workspace. */
  readonly eraseTenant: (tenant: Tenant) => Promise<unknown>;
  readonly store: Pick<KnowledgeStore, "lookUp" | "firstImages">;
  readonly posts: PostBook;
  readonly settings: SettingsStore;
  /** The picture (bytes as posted) with its relevance map laid over it, as PNG. */
  readonly drawOverlay: (image: Uint8Array, map: RelevanceMap) => Promise<Uint8Array>;
  /** A picture scaled down to `width` pixels, as PNG. */
  readonly thumbnail: (image: Uint8Array, width: number) => Promise<Uint8Array>;
  readonly limits: { readonly imageBytes: number; readonly questionCharacters: number };
  readonly log: Logger;
  /** Seconds that questions under way may take when the bot stops. */
  readonly drainSeconds: number;
}
