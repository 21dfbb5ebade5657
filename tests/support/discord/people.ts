import { GatewayIntentBits } from "discord.js";
import type { Cdn } from "./cdn.ts";
import type { Gateway } from "./gateway.ts";
import { createInteractions } from "./interactions.ts";
import type { Upload } from "./messages.ts";
import { apiChannel, apiMessage, apiMessageEvent, memberOf, withoutContent } from "./payloads.ts";
import { BOT, type Person, type StoredMessage, type World } from "./world.ts";

export interface SaidOptions {
  readonly files?: readonly (Upload & { readonly size?: number; readonly type?: string | null })[];
  readonly replyTo?: string;
  /** A message that this one forwards. */
  readonly forwards?: string;
  /** Addresses of pictures that Discord shows for links in it. */
  readonly linked?: readonly string[];
  /** Without the usual notification of who is replied to. */
  readonly silently?: boolean;
  readonly roles?: readonly string[];
  readonly author?: Person;
}

export function createPeople(world: World, gateway: Gateway, cdn: Cdn) {
  const alice: Person = {
    id: world.snowflake(),
    username: "alice",
    discriminator: "0",
    global_name: null,
    avatar: null,
  };
  const bob: Person = { ...alice, id: world.snowflake(), username: "bob" };
  const botPerson: Person = { ...alice, id: world.snowflake(), username: "another-bot", bot: true };

  /** Posts a message. What it mentions is read from its text; a reply notifies its author. */
  function say(channelId: string, text: string, options: SaidOptions = {}): StoredMessage {
    const {
      files = [],
      replyTo,
      forwards,
      linked = [],
      silently = false,
      author = alice,
      roles = [],
    } = options;
    const original = replyTo === undefined ? undefined : world.messages.get(replyTo)!;
    const repliesToBot = original?.author.id === BOT.id && !silently;
    const message: StoredMessage = {
      id: world.snowflake(),
      channel_id: channelId,
      author,
      timestamp: new Date().toISOString(),
      content: text,
      embeds: linked.map((url) => ({ url, image: { url, proxy_url: url } })),
      components: [],
      flags: 0,
      attachments: files.map((file) => cdn.keep(channelId, file, file)),
      mentions: text.includes(`<@${BOT.id}>`) || repliesToBot ? [BOT] : [],
      history: [],
      ...(replyTo === undefined
        ? {}
        : { message_reference: { type: 0, message_id: replyTo, channel_id: channelId } }),
      ...(forwards === undefined
        ? {}
        : { forwards, message_reference: { type: 1, message_id: forwards, channel_id: channelId } }),
    };
    world.messages.set(message.id, message);
    announce(message, roles);
    return message;
  }

  /** Sends the event of a message; once more, when it comes twice. */
  const announce = (message: StoredMessage, roles: readonly string[] = []) =>
    tell("MESSAGE_CREATE", message, roles);

  function tell(
    event: "MESSAGE_CREATE" | "MESSAGE_UPDATE",
    message: StoredMessage,
    roles: readonly string[],
  ): void {
    const { guildId } = world.channels.get(message.channel_id)!;
    const readable = guildId === null || message.mentions.length > 0;
    const whole = apiMessage(message, world);
    if (world.hidesReplies && guildId !== null && whole.referenced_message)
      whole.referenced_message = withoutContent(whole.referenced_message);
    const data = apiMessageEvent(readable ? whole : withoutContent(whole), guildId, roles);
    const intent = guildId === null ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    gateway.dispatch(event, data, { intent, guildId });
  }

  /** Changes the words of a message; the event tells it. */
  function edit(id: string, text: string): void {
    const message = world.messages.get(id)!;
    message.content = text;
    tell("MESSAGE_UPDATE", message, []);
  }

  function remove(id: string): void {
    const { channel_id } = world.messages.get(id)!;
    const { guildId } = world.channels.get(channel_id)!;
    world.messages.delete(id);
    const data = { id, channel_id, ...(guildId === null ? {} : { guild_id: guildId }) };
    gateway.dispatch("MESSAGE_DELETE", data, { intent: GatewayIntentBits.GuildMessages, guildId });
  }

  function removeChannel(id: string): void {
    const channel = world.channels.get(id)!;
    world.channels.delete(id);
    for (const message of world.messages.values())
      if (message.channel_id === id) world.messages.delete(message.id);
    const { guildId } = channel;
    gateway.dispatch("CHANNEL_DELETE", apiChannel(channel), { intent: GatewayIntentBits.Guilds, guildId });
  }

  function react(change: "added" | "removed", messageId: string, emoji: string, user: Person = alice): void {
    const message = world.messages.get(messageId)!;
    const { guildId } = world.channels.get(message.channel_id)!;
    const intent =
      guildId === null ? GatewayIntentBits.DirectMessageReactions : GatewayIntentBits.GuildMessageReactions;
    const data = {
      user_id: user.id,
      channel_id: message.channel_id,
      message_id: messageId,
      message_author_id: message.author.id,
      emoji: { id: null, name: emoji },
      burst: false,
      type: 0,
      ...(guildId === null
        ? {}
        : { guild_id: guildId, ...(change === "added" ? { member: { ...memberOf(), user } } : {}) }),
    };
    const event = change === "added" ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE";
    gateway.dispatch(event, data, { intent, guildId });
  }

  return {
    alice,
    bob,
    botPerson,
    say,
    announce,
    edit,
    remove,
    removeChannel,
    react,
    ...createInteractions(world, gateway, cdn, alice),
  };
}
