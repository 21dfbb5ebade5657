/** Conversations, what was said in them, and reactions to it. */
import { apiMessage } from "./message-parts.ts";
import { type Call, channelOf, type Inside, type Method, messageOf } from "./method.ts";
import { Refusal } from "./refusal.ts";
import type { StoredChannel, StoredMessage } from "./world.ts";

const reading = (what: string) => ["channels", "groups", "im", "mpim"].map((kind) => `${kind}:${what}`);

export const CONVERSATION_METHODS: Readonly<Record<string, Method>> = {
  "conversations.info": {
    scopes: reading("read"),
    tier: 3,
    answer: (call, inside) => ({ channel: apiChannel(permitted(call, inside, "read")) }),
  },
  "conversations.open": {
    scopes: ["im:write", "mpim:write"],
    tier: 3,
    answer({ team, values }, { world }) {
      const user = values.needed("users", "users_list_not_supplied");
      const person = world.people.get(user);
      if (person === undefined) throw new Refusal("user_not_found");
      const known = [...world.channels.values()].find((channel) => channel.person?.id === user);
      const channel: StoredChannel = known ?? {
        id: world.id("D"),
        team: team.id,
        name: "directmessage",
        kind: "im",
        person,
        member: true,
        archived: false,
      };
      world.channels.set(channel.id, channel);
      return { channel: { id: channel.id }, already_open: known !== undefined };
    },
  },
  "conversations.members": {
    scopes: reading("read"),
    tier: 4,
    answer(call, inside) {
      const channel = permitted(call, inside, "read");
      const everybody = [...inside.world.people.values()].filter(({ team }) => team === channel.team);
      return { members: everybody.map(({ id }) => id), response_metadata: { next_cursor: "" } };
    },
  },
  "conversations.history": {
    scopes: reading("history"),
    tier: "history",
    answer: (call, inside) => page(said(call, inside, ({ threadTs }) => threadTs === null).reverse()),
  },
  "conversations.replies": {
    scopes: reading("history"),
    tier: "history",
    answer(call, inside) {
      const thread = messageOf(call, inside).ts;
      return page(said(call, inside, ({ ts, threadTs }) => ts === thread || threadTs === thread));
    },
  },
  "reactions.add": {
    scopes: ["reactions:write"],
    tier: 3,
    answer(call, inside) {
      const { reactions } = messageOf(call, inside, "timestamp");
      const reaction = `${call.values.needed("name", "no_reaction")} ${call.team.botUser}`;
      if (reactions.has(reaction)) throw new Refusal("already_reacted");
      reactions.add(reaction);
      return {};
    },
  },
  "reactions.remove": {
    scopes: ["reactions:write"],
    tier: 2,
    answer(call, inside) {
      const { reactions } = messageOf(call, inside, "timestamp");
      if (!reactions.delete(`${call.values.needed("name")} ${call.team.botUser}`))
        throw new Refusal("no_reaction");
      return {};
    },
  },
};

/** Kinds of conversations have scopes of their own. */
function permitted(call: Call, inside: Inside, what: "read" | "history"): StoredChannel {
  const channel = channelOf(call, inside);
  const needed = `${channel.kind === "channel" || channel.kind === "group" ? `${channel.kind}s` : channel.kind}:${what}`;
  if (call.team.scopes.has(needed)) return channel;
  throw new Refusal("missing_scope", { needed, provided: [...call.team.scopes].join(",") });
}

function said(call: Call, inside: Inside, wanted: (message: StoredMessage) => boolean): StoredMessage[] {
  const channel = permitted(call, inside, "history");
  if (!channel.member && channel.kind !== "im") throw new Refusal("not_in_channel");
  return [...inside.world.messages.values()].filter(
    (message) => message.channel === channel.id && message.onlyFor === null && wanted(message),
  );
}

/** Fifteen at most, for the apps that are held to one call a minute. */
const page = (messages: StoredMessage[]) => ({
  messages: messages.slice(0, 15).map(apiMessage),
  has_more: messages.length > 15,
});

function apiChannel({ id, team, name, kind, person, member, archived }: StoredChannel): object {
  return {
    id,
    ...(person === null ? { name } : { user: person.id }),
    is_channel: kind === "channel",
    is_group: kind === "group",
    is_im: kind === "im",
    is_mpim: kind === "mpim",
    is_private: kind !== "channel",
    is_archived: archived,
    is_member: member,
    is_shared: false,
    is_ext_shared: false,
    context_team_id: team,
  };
}
