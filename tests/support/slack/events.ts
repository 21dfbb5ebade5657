/** Events as the Events API sends them, to whoever subscribed and was granted the scope for them. */
import type { Delivery } from "./delivery.ts";
import { apiMessage } from "./message-parts.ts";
import { APP_ID, type StoredMessage, type StoredTeam, type World } from "./world.ts";

export interface Events {
  /** Sends an event, with an id of its own unless one is given; settled once it was acknowledged or given up. */
  emit(team: StoredTeam, name: string, event: object, id?: string): Promise<unknown>;
  /** The event of a message; the same again, with the same id, when it was sent before. */
  message(message: StoredMessage): Promise<unknown>;
  mention(message: StoredMessage): Promise<unknown>;
  changed(message: StoredMessage, before: object): Promise<unknown>;
  deleted(message: StoredMessage): Promise<unknown>;
}

/** Scopes that events need, one of them each: https://docs.slack.dev/reference/events */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_mention: ["app_mentions:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
  "message.mpim": ["mpim:history"],
  reaction_added: ["reactions:read"],
  reaction_removed: ["reactions:read"],
  member_joined_channel: ["channels:read", "groups:read"],
};

const MESSAGE_EVENTS = {
  channel: "message.channels",
  group: "message.groups",
  im: "message.im",
  mpim: "message.mpim",
};

/** `subscribed`: names as the manifest lists them, like `message.im`; null: everything. */
export function createEvents(
  world: World,
  delivery: Delivery,
  subscribed: ReadonlySet<string> | null,
): Events {
  async function emit(team: StoredTeam, name: string, event: object, id = world.id("Ev")): Promise<unknown> {
    const needed = SCOPES[name] ?? [];
    if (subscribed?.has(name) === false) return null;
    if (needed.length > 0 && !needed.some((scope) => team.scopes.has(scope))) return null;
    const payload = {
      token: "verification-token-of-old",
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: APP_ID,
      event,
      type: "event_callback",
      event_id: id,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: team.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${id}`,
    };
    return delivery.send({ kind: "events_api", payload });
  }

  /** One event about a message, which keeps its id. */
  function about(message: StoredMessage, name: string, event: object): Promise<unknown> {
    const { ids } = message.event;
    const id = ids.get(name) ?? world.id("Ev");
    ids.set(name, id);
    return emit(world.teams.get(message.team)!, name, event, id);
  }

  const where = (message: StoredMessage) => {
    const { id, kind } = world.channels.get(message.channel)!;
    return { name: MESSAGE_EVENTS[kind], base: { channel: id, channel_type: kind, event_ts: message.ts } };
  };

  return {
    emit,
    message(message) {
      const { name, base } = where(message);
      const subtype = message.files.length > 0 ? { subtype: "file_share" } : {};
      const parent = world.messages.get(`${message.channel} ${message.threadTs}`);
      const under = parent === undefined ? {} : { parent_user_id: parent.user };
      return about(message, name, { ...apiMessage(message), ...subtype, ...under, ...base });
    },
    mention(message) {
      const { base } = where(message);
      const { channel_type: _, ...rest } = base;
      return about(message, "app_mention", { ...apiMessage(message), ...rest, type: "app_mention" });
    },
    changed(message, before) {
      const { name, base } = where(message);
      const ts = world.ts();
      const change = { type: "message", subtype: "message_changed", hidden: true, ts };
      const event = {
        ...change,
        ...base,
        event_ts: ts,
        message: apiMessage(message),
        previous_message: before,
      };
      return emit(world.teams.get(message.team)!, name, event);
    },
    deleted(message) {
      const { name, base } = where(message);
      const ts = world.ts();
      const change = {
        type: "message",
        subtype: "message_deleted",
        hidden: true,
        ts,
        deleted_ts: message.ts,
      };
      const event = { ...change, ...base, event_ts: ts, previous_message: apiMessage(message) };
      return emit(world.teams.get(message.team)!, name, event);
    },
  };
}
