/** What the loopback Discord holds: guilds, channels, messages, interactions. */
import { PermissionFlagsBits } from "discord.js";
import type { SentComponent, SentMessage } from "./message-rules.ts";

export const BOT = {
  id: "900000000000000001",
  username: "Rora",
  discriminator: "0",
  global_name: null,
  avatar: null,
  bot: true,
};
export const APPLICATION_ID = "900000000000000002";
export const TOKEN = "OTAw.loopback.token-of-the-loopback";

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly discriminator: "0";
  readonly global_name: null;
  readonly avatar: null;
  readonly bot?: boolean;
}

export interface StoredAttachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type?: string;
}

export interface StoredMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: Person | typeof BOT;
  readonly timestamp: string;
  content: string;
  embeds: NonNullable<SentMessage["embeds"]>;
  components: readonly SentComponent[];
  flags: number;
  attachments: StoredAttachment[];
  mentions: (Person | typeof BOT)[];
  /** Of type 1 for a forwarded message. */
  message_reference?: { message_id: string; channel_id: string; type?: number };
  /** Id of the message that it forwards; that one's parts come along. */
  forwards?: string;
  webhook_id?: string;
  /** Seen by this person alone. */
  hiddenFor?: string;
  /** What it showed before, oldest first. */
  readonly history: string[];
}

export interface StoredChannel {
  readonly id: string;
  readonly type: number;
  readonly guildId: string | null;
  readonly parentId: string | null;
  /** The other person of a direct conversation. */
  readonly recipient: Person | null;
}

export interface StoredGuild {
  readonly id: string;
  readonly locale: string;
  /** What the bot may do. */
  readonly permissions: bigint;
  /** False: the bot is not on it, only people who have installed it for themselves. */
  readonly joined: boolean;
}

export interface StoredInteraction {
  readonly id: string;
  readonly token: string;
  readonly channel: string;
  readonly user: Person;
  readonly bornAt: number;
  /** Message of the button that was pressed. */
  readonly source: string | null;
  readonly userInstall: boolean;
  state: "new" | "deferred" | "answered" | "form";
  hidden: boolean;
  original: string | null;
  form: { custom_id: string; title: string; components: readonly SentComponent[] } | null;
  followUps: number;
}

export const EVERYTHING_NEEDED =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

export interface World {
  readonly guilds: Map<string, StoredGuild>;
  readonly channels: Map<string, StoredChannel>;
  readonly messages: Map<string, StoredMessage>;
  /** By token. */
  readonly interactions: Map<string, StoredInteraction>;
  /** Registered commands, by scope: `global` or a guild. */
  readonly commands: Map<string, object[]>;
  /** Milliseconds an interaction waits for its first answer, and its token lives. */
  readonly patience: { first: number; token: number };
  /** Whether Discord keeps back what is in the message that somebody replies to; its documentation leaves that open. */
  hidesReplies: boolean;
  /** Nobody can reach it. */
  away: boolean;
  snowflake(): string;
}

/** 2015-01-01, from which Discord counts. */
const EPOCH = 1_420_070_400_000n;

export function createWorld(): World {
  let counter = 0n;
  return {
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    interactions: new Map(),
    commands: new Map(),
    patience: { first: 3_000, token: 15 * 60_000 },
    hidesReplies: false,
    away: false,
    snowflake: () => String(((BigInt(Date.now()) - EPOCH) << 22n) + ++counter),
  };
}

/** The words of a message, wherever they stand in it. */
export function textOf({
  content,
  embeds,
  components,
}: Pick<StoredMessage, "content" | "embeds" | "components">): string {
  const texts = (parts: readonly SentComponent[]): string[] =>
    parts.flatMap((part) => [
      ...(part.content === undefined ? [] : [part.content]),
      ...texts(part.components ?? []),
      ...texts(part.accessory === undefined ? [] : [part.accessory]),
    ]);
  const embedded = embeds.flatMap(({ title, description }) => [title ?? "", description ?? ""]);
  return [content, ...embedded, ...texts(components)].filter((text) => text !== "").join("\n");
}
