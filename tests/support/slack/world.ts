/** What the loopback Slack holds: workspaces, people, conversations, messages, files, views. */
import { randomBytes } from "node:crypto";
import type { SentBlock, SentView } from "./blocks.ts";

export const APP_ID = "A0LOOPBACK";
export const APP_TOKEN = "xapp-1-A0LOOPBACK-loopback";
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

export interface StoredTeam {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  /** The bot is another user in every workspace. */
  readonly botUser: string;
  readonly botId: string;
  /** What the installation was granted; may be taken away. */
  readonly scopes: Set<string>;
  installed: boolean;
}

export interface Person {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly admin: boolean;
  readonly locale: string;
  readonly bot: boolean;
}

export interface StoredChannel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly kind: "channel" | "group" | "im" | "mpim";
  /** The other person of a direct conversation. */
  readonly person: Person | null;
  /** Whether the bot was invited. */
  member: boolean;
  archived: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  /** As Slack says it, whatever the bytes are. */
  readonly size: number;
  readonly url: string;
  /** Whether it comes as a stub that `files.info` must resolve. */
  readonly stub: boolean;
  readonly bornAt: number;
  /** Conversations it was shared in. */
  readonly channels: Set<string>;
  state: "hosted" | "deleted" | "hidden";
}

export interface StoredMessage {
  readonly ts: string;
  readonly channel: string;
  readonly team: string;
  /** Who wrote it; the bot has a bot id besides. */
  readonly user: string;
  readonly botId: string | null;
  readonly threadTs: string | null;
  /** Seen by this person alone, and not to be edited. */
  readonly onlyFor: string | null;
  readonly event: { readonly ids: Map<string, string> };
  /** By which Slack knows that it has a message already that an app sends again. */
  readonly sentAs: string | null;
  text: string;
  blocks: readonly SentBlock[];
  files: StoredFile[];
  metadata: object | null;
  /** With the Markdown of its last block as it came, bit by bit. */
  stream: { readonly bornAt: number; open: boolean; markdown: string } | null;
  edited: boolean;
  /** Who reacted how, as `name user`. */
  readonly reactions: Set<string>;
  /** What people read there before, oldest first. */
  readonly history: string[];
}

export interface StoredView {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly root: string;
  readonly previous: string | null;
  view: SentView;
  hash: string;
  open: boolean;
}

export interface World {
  readonly teams: Map<string, StoredTeam>;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, StoredChannel>;
  /** By `channel ts`. */
  readonly messages: Map<string, StoredMessage>;
  readonly files: Map<string, StoredFile>;
  readonly views: Map<string, StoredView>;
  /** Home views by `team user`. */
  readonly homes: Map<string, StoredView>;
  /** What lets a view be opened, once and soon. */
  readonly triggers: Map<string, { readonly person: Person; readonly bornAt: number; used: boolean }>;
  /** Milliseconds that things last; shorter in tests of what comes after. */
  readonly patience: {
    /** Until an event or interaction must be acknowledged. */
    ack: number;
    trigger: number;
    /** After which a stream dies, however active. */
    stream: number;
    /** Until an uploaded picture can be shown in blocks. */
    processing: number;
    /** Before each further delivery of an event that was not acknowledged. */
    readonly retries: readonly number[];
  };
  id(prefix: string): string;
  ts(): string;
}

export function createWorld(): World {
  let counter = 0;
  return {
    teams: new Map(),
    people: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    views: new Map(),
    homes: new Map(),
    triggers: new Map(),
    // https://docs.slack.dev/apis/events-api/#retries; a stream's end was seen after 306 s.
    patience: {
      ack: 3_000,
      trigger: 3_000,
      stream: 5 * 60_000,
      processing: 0,
      retries: [0, 60_000, 300_000],
    },
    id: (prefix) => `${prefix}0${randomBytes(5).toString("hex").toUpperCase()}`,
    ts: () => `${Math.floor(Date.now() / 1000)}.${String(++counter).padStart(6, "0")}`,
  };
}

export const keyOf = ({ channel, ts }: Pick<StoredMessage, "channel" | "ts">) => `${channel} ${ts}`;
