/** Pictures of a message: attached to it, forwarded with it, or shown by Discord for a link in it. Pure. */
import {
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  Message,
  type MessageSnapshot,
} from "discord.js";
import type { AttachmentLike } from "../chat/receive.ts";

/** The library's message, or Discord's own where the library knows no such channel (a person brought Rora along). */
type AnyMessage = Message | MessageSnapshot | APIMessage;

interface Parts {
  readonly attachments: readonly AttachmentLike[];
  readonly embeds: readonly APIEmbed[];
  readonly content: string;
}

/**
 * What is attached comes first, then what is forwarded. `linked`: else what is linked; not for a question itself, where Discord
 * may or may not have looked at the link yet.
 */
export function postedIn(message: AnyMessage, { linked }: { readonly linked: boolean }): AttachmentLike[] {
  const all = [partsOf(message), ...forwardedIn(message).map(partsOf)];
  const attached = all.find(({ attachments }) => attachments.length > 0)?.attachments ?? [];
  return attached.length > 0 || !linked ? [...attached] : all.flatMap(linkedIn);
}

function forwardedIn(message: AnyMessage): AnyMessage[] {
  if (message instanceof Message) return [...message.messageSnapshots.values()];
  if (!("message_snapshots" in message)) return [];
  return (message.message_snapshots ?? []).map((snapshot) => snapshot.message as APIMessage);
}

function partsOf(message: AnyMessage): Parts {
  if (isOfLibrary(message)) {
    const { attachments, embeds, content } = message;
    return {
      attachments: [...attachments.values()],
      embeds: embeds.map((embed) => embed.toJSON()),
      content: content ?? "",
    };
  }
  const { attachments = [], embeds = [], content = "" } = message;
  return { attachments: attachments.map(toAttachment), embeds, content };
}

/** Forwarded messages are the library's, too, with less in them. */
function isOfLibrary(message: AnyMessage): message is Message | MessageSnapshot {
  return message instanceof Message;
}

function toAttachment({ filename, url, size, content_type }: APIAttachment): AttachmentLike {
  return { name: filename, url, size, contentType: content_type ?? null, spoiler: false };
}

/** Discord's copies of linked pictures: nothing is fetched from where the link leads. */
function linkedIn({ embeds, content }: Parts): AttachmentLike[] {
  const spoiler = /\|\|.+\|\|/s.test(content);
  return embeds.flatMap(({ image, thumbnail }) => {
    const url = image?.proxy_url ?? thumbnail?.proxy_url;
    return url === undefined ? [] : [{ name: "linked", url, size: 0, contentType: null, spoiler }];
  });
}
