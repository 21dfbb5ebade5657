/** Answers to a message: a reply to it, or a message in the thread that begins with it. */
import { type Message, PermissionFlagsBits, type SendableChannels } from "discord.js";
import type { Logger } from "../../src/log.ts";
import { payloadOf, plainBody, textBody } from "./body.ts";
import { type AnswerPlace, createForms } from "./place.ts";

/** What the bot may do in a message's channel; in a direct conversation, everything. */
export function permissionsAt(message: Message) {
  const { channel, client } = message;
  const granted = channel.isDMBased() ? null : channel.permissionsFor(client.user);
  const may = (...flags: bigint[]) => channel.isDMBased() || granted?.has(flags) === true;
  const { SendMessages, SendMessagesInThreads, ViewChannel, EmbedLinks, AttachFiles, CreatePublicThreads } =
    PermissionFlagsBits;
  return {
    write: may(ViewChannel, channel.isThread() ? SendMessagesInThreads : SendMessages),
    embed: may(EmbedLinks),
    attach: may(AttachFiles),
    beginThread:
      !channel.isDMBased() && !channel.isThread() && may(CreatePublicThreads, SendMessagesInThreads),
  };
}

/** `target` is the channel of `message`, or the thread begun at it. */
export function createMessagePlace(message: Message, target: SendableChannels, log: Logger): AnswerPlace {
  const { embed, attach } = permissionsAt(message);
  const send = createForms(embed ? "components" : "text", log);
  let shown: Message | null = null;
  const show: AnswerPlace["show"] = async (draw) => {
    shown = await send(draw, async (body) => {
      const payload = payloadOf(body);
      if (shown !== null) return shown.edit(payload);
      // Who asked is answered without being notified; a question deleted meanwhile is no reason to fail.
      const reply = target.id === message.channelId ? { reply: { messageReference: message.id } } : {};
      return target.send({ ...payload, ...reply });
    });
    return shown.id;
  };
  return {
    show,
    refuse: async (text) => {
      await show((form) => (form === "components" ? textBody(text) : plainBody(text)));
    },
    files: attach,
  };
}
