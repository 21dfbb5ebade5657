/** Messages: mentions, replies to an answer, threads that follow one, direct conversations. */
import { randomUUID } from "node:crypto";
import type { Message, SendableChannels } from "discord.js";
import { RoraError } from "../../src/errors.ts";
import { askerOf } from "../chat/asker.ts";
import { receivePictures, receiveText } from "../chat/receive.ts";
import { refusalBy } from "../chat/rules.ts";
import { payloadOf, plainBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { renderFailure } from "./failure.ts";
import { tenantOf } from "./identity.ts";
import { textsFor } from "./languages.ts";
import { loggable } from "./loggable.ts";
import { createMessagePlace, permissionsAt } from "./message-place.ts";
import { safeText } from "./safe-text.ts";
import { createShowing } from "./showing.ts";
import type { Texts } from "./texts/english.ts";

/** Characters of a thread's name: https://docs.discord.com/developers/resources/channel */
const THREAD_NAME = 100;

export async function onMessage(message: Message, bot: Bot): Promise<void> {
  const { client, options, settings } = bot;
  // Own messages and those of other bots: answering them could go on forever.
  if (message.author.bot || message.webhookId !== null || message.system) return;
  const tenant = tenantOf(message.guildId, true);
  const chosen = settings.of(tenant);
  const texts = textsFor(chosen.language ?? message.guild?.preferredLocale);
  const addressed =
    message.channel.isDMBased() ||
    message.mentions.users.has(client.user.id) ||
    message.mentions.repliedUser?.id === client.user.id;
  if (!addressed) return explainThread(message, bot, texts);
  if (!permissionsAt(message).write) {
    await message.author.send(payloadOf(plainBody(texts.noPermission(`<#${message.channelId}>`))));
    return;
  }
  try {
    const asker = askerOf(tenant, message.author.id, options.pseudonymKey);
    const { channel } = message;
    const channels = [
      message.channelId,
      ...(channel.isThread() && channel.parentId ? [channel.parentId] : []),
    ];
    const roles = [...(message.member?.roles.cache.keys() ?? [])];
    const refusal = message.guildId === null ? null : refusalBy(chosen, { channels, roles }, texts);
    if (refusal !== null) throw new RoraError("unauthorized", refusal);
    const { pictures, remarks } = receivePictures(await attachmentsOf(message, bot, texts), {
      texts,
      harmless: safeText,
    });
    const text = receiveText(message.content, {
      botId: client.user.id,
      pictures: pictures.length,
      most: options.limits.questionCharacters,
      texts,
    });
    const wait = bot.hourly.take(`${tenant} ${asker.pseudonym}`, chosen.questionsPerHour);
    if (wait > 0) throw new RoraError("rate-limited", texts.limited(wait));
    const conversation = await conversationOf(message, bot, pictures.length > 0);
    const target = await targetOf(message, text, chosen.threads);
    for (const [number, picture] of (pictures.length === 0 ? [null] : pictures).entries()) {
      const eventId = number === 0 ? message.id : `${message.id}#${number + 1}`;
      const turn = { id: randomUUID(), text, asker, eventId, picture, conversation, texts };
      const place = createMessagePlace(message, target, options.log);
      const showing = createShowing({ picture, texts, remarks }, place, options);
      bot.run({ ...turn, channel: target.id, questionMessage: message.id }, showing);
    }
  } catch (error) {
    const failure = renderFailure(error, message.id, texts);
    if (failure.unexpected) options.log.error({ err: loggable(error) }, "a message could not be taken");
    await message.reply(payloadOf(plainBody(failure.text)));
  }
}

/** The message's own pictures, else those it forwards, else those of the message it replies to. */
async function attachmentsOf(message: Message, bot: Bot, texts: Texts) {
  if (message.attachments.size > 0 || message.reference === null) return message.attachments.values();
  const forwarded = message.messageSnapshots.first();
  if (forwarded !== undefined) return forwarded.attachments.values();
  const direct = message.channel.isDMBased();
  const mentioned = new RegExp(`<@!?${bot.client.user.id}>`).test(message.content);
  const repliesToUs = message.mentions.repliedUser?.id === bot.client.user.id;
  if (repliesToUs || !(mentioned || direct)) return [];
  const original = await message.fetchReference().catch(() => null);
  // Without the privileged intent, Discord may hand over messages of others without what is in them.
  if (!direct && (original === null || original.attachments.size === 0))
    throw new RoraError("image-missing", texts.hiddenImage);
  return original?.attachments.values() ?? [];
}

/** The conversation that a message goes on with: of the answer it replies to, of its thread, of its direct conversation. */
async function conversationOf(message: Message, { options }: Bot, pictures: boolean): Promise<string | null> {
  const { posts } = options;
  const { channel, reference } = message;
  const answered = reference?.messageId ? await posts.byMessage("discord", reference.messageId) : null;
  if (answered !== null) return answered.conversation;
  if (channel.isThread()) {
    // A thread that was begun at a message has that message's id.
    const begun = await posts.byMessage("discord", channel.id);
    return ((await posts.latest("discord", channel.id)) ?? begun)?.conversation ?? null;
  }
  if (!channel.isDMBased() || pictures) return null;
  return (await posts.latest("discord", channel.id))?.conversation ?? null;
}

/** Where the answer goes: the channel, or a new thread where the server wants that and the bot may. */
async function targetOf(message: Message, text: string, threads: boolean): Promise<SendableChannels> {
  const { channel } = message;
  if (!channel.isSendable()) throw new RoraError("unavailable", "This kind of channel takes no answers.");
  if (!threads || !permissionsAt(message).beginThread) return channel;
  // The same event may have opened it before; who cannot open one is answered in the channel.
  const opened =
    message.thread ?? (await message.startThread({ name: text.slice(0, THREAD_NAME) }).catch(() => null));
  return opened ?? channel;
}

/** In a thread about an answer, a message that cannot be read must not vanish silently: its author is told, once a thread. */
async function explainThread(message: Message, { options, toldThreads }: Bot, texts: Texts): Promise<void> {
  const { channel } = message;
  if (!channel.isThread() || toldThreads.has(channel.id)) return;
  if (message.content !== "" || message.attachments.size > 0) return;
  const ours =
    (await options.posts.byMessage("discord", channel.id)) ??
    (await options.posts.latest("discord", channel.id));
  if (ours === null || toldThreads.has(channel.id)) return;
  toldThreads.set(channel.id, true);
  await message.reply(payloadOf(plainBody(texts.unreadableThread)));
}
