/** Small messages, and how a body is handed to the library. Pure. */
import { type APIMessageTopLevelComponent, AttachmentBuilder, ComponentType, MessageFlags } from "discord.js";
import type { MessageBody } from "./limits.ts";

/** A message of one text, with components V2. `text` is our own, or made safe. */
export function textBody(text: string, more: readonly APIMessageTopLevelComponent[] = []): MessageBody {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.TextDisplay, content: text.slice(0, 4000) }, ...more],
  };
}

/** The same with components V2 left out, for a channel where they cannot be used. */
export function plainBody(text: string): MessageBody {
  return { content: text.slice(0, 2000), components: [], flags: MessageFlags.SuppressEmbeds };
}

/** What the library takes. Every message says that it mentions nobody. */
export function payloadOf(body: MessageBody) {
  const { content, embeds, components, flags, files = [] } = body;
  return {
    ...(content === undefined ? {} : { content }),
    ...(embeds === undefined ? {} : { embeds: [...embeds] }),
    components: [...components],
    flags,
    files: files.map(
      ({ name, bytes, alt }) => new AttachmentBuilder(Buffer.from(bytes), { name, description: alt }),
    ),
    allowedMentions: { parse: [], repliedUser: false },
  };
}
