/** Making and editing messages, with everything that Discord refuses in them. */
import { MessageFlags, PermissionFlagsBits } from "discord.js";
import { refusals } from "./api-error.ts";
import { flat, mediaOf, refusedParts, type SentMessage } from "./message-rules.ts";
import { permissionsIn } from "./payloads.ts";
import { BOT, type StoredAttachment, type StoredMessage, textOf, type World } from "./world.ts";

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A body with its files, as they came. */
export interface Sending {
  readonly body: SentMessage;
  readonly files: readonly Upload[];
}

/** Puts a file on the CDN. */
export type Keep = (channel: string, file: Upload) => StoredAttachment;

/** Bytes of the files of one message, without an interaction that allows more. */
const UPLOAD_LIMIT = 10 * 2 ** 20;

export function createMessage(
  world: World,
  keep: Keep,
  channelId: string,
  { body, files }: Sending,
  more: Partial<Pick<StoredMessage, "hiddenFor" | "webhook_id">> = {},
): StoredMessage {
  check(body, files, 0);
  if (!body.content && !body.embeds?.length && !body.components?.length && files.length === 0)
    throw refusals.emptyMessage();
  if (body.allowed_mentions === undefined || (body.allowed_mentions.parse ?? ["?"]).length > 0)
    throw new Error("a message could have mentioned somebody");
  const reference = body.message_reference?.message_id;
  const known = reference !== undefined && world.messages.has(reference);
  if (reference !== undefined && !known && body.message_reference?.fail_if_not_exists !== false)
    throw refusals.invalidBody(["message_reference: Unknown message"]);
  const message: StoredMessage = {
    id: world.snowflake(),
    channel_id: channelId,
    author: BOT,
    timestamp: new Date().toISOString(),
    content: body.content ?? "",
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags: body.flags ?? 0,
    attachments: files.map((file) => keep(channelId, file)),
    mentions: [],
    history: [],
    ...(known ? { message_reference: { type: 0, message_id: reference, channel_id: channelId } } : {}),
    ...more,
  };
  resolveMedia(message);
  world.messages.set(message.id, message);
  return message;
}

export function editMessage(world: World, keep: Keep, id: string, { body, files }: Sending): StoredMessage {
  const message = world.messages.get(id);
  if (message === undefined || message.author.id !== BOT.id) throw refusals.unknownMessage();
  check(body, files, message.flags);
  const was = message.flags & MessageFlags.IsComponentsV2;
  message.history.push(textOf(message));
  if (body.content !== undefined) message.content = body.content ?? "";
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  if (body.flags !== undefined) message.flags = body.flags | was | (message.flags & MessageFlags.Ephemeral);
  if (files.length > 0) message.attachments = files.map((file) => keep(message.channel_id, file));
  resolveMedia(message);
  return message;
}

function check(body: SentMessage, files: readonly Upload[], before: number): void {
  const wrong = refusedParts(
    body,
    files.map(({ name }) => name),
    before,
  );
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > UPLOAD_LIMIT) wrong.push("files: too large");
  if (wrong.length > 0) throw refusals.invalidBody(wrong);
}

/** A reader sees the file, where the message named an attachment. */
function resolveMedia({ components, attachments }: StoredMessage): void {
  for (const media of mediaOf(flat(components))) {
    const file = attachments.find(({ filename }) => media.url === `attachment://${filename}`);
    if (file !== undefined) media.url = file.url;
  }
}

/** Throws what Discord refuses for want of a permission. */
export function checkPermissions(world: World, channelId: string, { files, body }: Sending): void {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw refusals.unknownChannel();
  const granted = permissionsIn(channel, world);
  const may = (flag: bigint) => (granted & flag) === flag;
  if (!may(PermissionFlagsBits.ViewChannel)) throw refusals.missingAccess();
  const write =
    channel.parentId === null ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  if (!may(write)) throw refusals.missingPermissions();
  if (body.message_reference !== undefined && !may(PermissionFlagsBits.ReadMessageHistory))
    throw refusals.noHistory();
  if (files.length > 0 && !may(PermissionFlagsBits.AttachFiles)) throw refusals.missingPermissions();
  // Without this permission, Discord drops embeds silently.
  if ((body.embeds ?? []).length > 0 && !may(PermissionFlagsBits.EmbedLinks))
    throw refusals.missingPermissions();
}

/** Throws what Discord refuses who may not read what was said before. */
export function checkReading(world: World, channelId: string): void {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw refusals.unknownChannel();
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
  if ((permissionsIn(channel, world) & needed) !== needed) throw refusals.missingAccess();
}
