/** Answers to a message: a reply to it, or a message in the thread that begins with it. */
import { type Message, PermissionFlagsBits, type SendableChannels } from "discord.js";
import type { Logger } from "../../src/log.ts";
import { payloadOf, plainBody, textBody } from "./body.ts";
import type { MessageBody } from "./limits.ts";
import { type AnswerPlace, createForms, isRefusal } from "./place.ts";

/** What the bot may do in a message's channel; in a direct conversation, everything. */
export function permissionsAt(message: Message) {
  const { channel, client } = message;
  const granted = channel.isDMBased() ? null : channel.permissionsFor(client.user);
  const may = (...flags: bigint[]) => channel.isDMBased() || granted?.has(flags) === true;
  const { SendMessages, SendMessagesInThreads, CreatePublicThreads } = PermissionFlagsBits;
  const { ViewChannel, ReadMessageHistory, EmbedLinks, AttachFiles } = PermissionFlagsBits;
  return {
    write: may(ViewChannel, channel.isThread() ? SendMessagesInThreads : SendMessages),
    embed: may(EmbedLinks),
    attach: may(AttachFiles),
    /** A reply names a message of before, which Discord lets nobody do who may not read it. */
    reply: may(ReadMessageHistory),
    beginThread:
      !channel.isDMBased() && !channel.isThread() && may(CreatePublicThreads, SendMessagesInThreads),
  };
}

/** Says something to who wrote a message: in a reply to it where the bot may reply, else below it. */
export async function tellAuthor(message: Message, text: string): Promise<void> {
  const payload = payloadOf(plainBody(text));
  if (permissionsAt(message).reply) await message.reply(payload);
  else if (message.channel.isSendable()) await message.channel.send(payload);
}

/** `target` is the channel of `message`, or the thread begun at it. */
export function createMessagePlace(message: Message, target: SendableChannels, log: Logger): AnswerPlace {
  const { embed, attach, reply: mayReply } = permissionsAt(message);
  const form = createForms(embed ? "components" : "text", log);
  let shown: Message | null = null;

  async function send(body: MessageBody, anew: boolean): Promise<Message> {
    const payload = payloadOf(body);
    if (shown !== null && !anew) return shown.edit(payload);
    // Who asked is answered without being notified; a question deleted meanwhile is no reason to fail.
    const reply =
      mayReply && target.id === message.channelId ? { reply: { messageReference: message.id } } : {};
    const sent = await target.send({ ...payload, ...reply });
    await shown?.delete();
    return sent;
  }

  const show: AnswerPlace["show"] = async (draw) => {
    try {
      shown = await form(draw, send);
    } catch (error) {
      if (shown === null || !isRefusal(error, "gone")) throw error;
      // Who deleted it does not want it again.
      log.info({ message: shown.id }, "the message of an answer was deleted");
    }
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
