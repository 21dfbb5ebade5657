/** What the loopback holds → what it sends, as discord-api-types has it. */
import {
  type APIMessage,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  MessageType,
} from "discord.js";
import {
  BOT,
  EVERYTHING_NEEDED,
  type StoredChannel,
  type StoredGuild,
  type StoredMessage,
  type World,
} from "./world.ts";

export function apiMessage(message: StoredMessage, world: World): APIMessage {
  const { history: _history, hiddenFor: _hiddenFor, forwards, ...sent } = message;
  const original = forwards === undefined ? undefined : world.messages.get(forwards);
  const referenced = message.message_reference && world.messages.get(message.message_reference.message_id);
  return {
    ...sent,
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mention_roles: [],
    pinned: false,
    type: message.message_reference?.type === 0 ? MessageType.Reply : MessageType.Default,
    ...(original === undefined ? {} : { message_snapshots: [{ message: apiMessage(original, world) }] }),
    ...(referenced === undefined || original !== undefined
      ? {}
      : { referenced_message: apiMessage(referenced, world) }),
  } as unknown as APIMessage;
}

/** Without what Discord keeps from bots that may not read messages: https://docs.discord.com/developers/events/gateway#message-content-intent */
export function withoutContent<Message extends APIMessage>(message: Message): Message {
  const { message_snapshots: _, ...rest } = message;
  return { ...(rest as Message), content: "", attachments: [], embeds: [], components: [] };
}

export function memberOf(roles: readonly string[] = []) {
  return { roles: [...roles], joined_at: "2026-01-01T00:00:00.000Z", deaf: false, mute: false, flags: 0 };
}

export function apiMessageEvent(message: APIMessage, guildId: string | null, roles: readonly string[]) {
  return {
    ...message,
    ...(guildId === null ? { channel_type: ChannelType.DM } : { guild_id: guildId, member: memberOf(roles) }),
  } as unknown as GatewayMessageCreateDispatchData;
}

export function apiChannel({ id, type, guildId, parentId, recipient }: StoredChannel) {
  const base = {
    id,
    type,
    name: `channel-${id.slice(-4)}`,
    permission_overwrites: [],
    position: 0,
    flags: 0,
  };
  if (guildId === null) return { ...base, recipients: recipient === null ? [] : [recipient] };
  if (parentId === null) return { ...base, guild_id: guildId, parent_id: null };
  const thread_metadata = {
    archived: false,
    auto_archive_duration: 1440,
    locked: false,
    archive_timestamp: "2026-01-01T00:00:00.000Z",
  };
  return {
    ...base,
    guild_id: guildId,
    parent_id: parentId,
    owner_id: BOT.id,
    thread_metadata,
    message_count: 0,
    member_count: 1,
  };
}

export function apiGuild(guild: StoredGuild, world: World) {
  const channels = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const role = {
    id: guild.id,
    name: "@everyone",
    permissions: String(guild.permissions),
    position: 0,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
  return {
    id: guild.id,
    name: `guild ${guild.id.slice(-4)}`,
    owner_id: "1",
    preferred_locale: guild.locale,
    roles: [role],
    channels: channels.filter(({ parentId }) => parentId === null).map(apiChannel),
    threads: channels.filter(({ parentId }) => parentId !== null).map(apiChannel),
    members: [{ ...memberOf(), user: BOT }],
    member_count: 2,
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    unavailable: false,
  } as unknown as GatewayGuildCreateDispatchData;
}

/** What the bot may do in a channel; in a direct conversation with it, everything. */
export function permissionsIn(channel: StoredChannel, world: World): bigint {
  if (channel.guildId === null) return channel.recipient === null ? 0n : EVERYTHING_NEEDED;
  const { joined, permissions } = world.guilds.get(channel.guildId)!;
  return joined ? permissions : 0n;
}
