/** Posting, changing and taking away messages. */
import { apiMessage, newMessage, openChannel, partsOf, textOf } from "./message-parts.ts";
import { type Call, type Inside, type Method, messageOf } from "./method.ts";
import { Refusal } from "./refusal.ts";
import { keyOf, type StoredMessage } from "./world.ts";

export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  "chat.postMessage": {
    scopes: ["chat:write"],
    tier: "posting",
    answer(call, inside) {
      const message = post(call, inside, null);
      inside.echo(message, "new");
      return { channel: message.channel, ts: message.ts, message: apiMessage(message) };
    },
  },
  "chat.postEphemeral": {
    scopes: ["chat:write"],
    tier: "posting",
    answer(call, inside) {
      const user = call.values.needed("user", "user_not_in_channel");
      if (!inside.world.people.has(user)) throw new Refusal("user_not_in_channel");
      return { message_ts: post(call, inside, user).ts };
    },
  },
  "chat.update": {
    scopes: ["chat:write"],
    tier: 3,
    answer(call, inside) {
      const message = ownMessage(call, inside);
      if (message.stream?.open === true) throw new Refusal("streaming_state_conflict");
      const { text, blocks } = partsOf(call, inside);
      if (text === undefined && blocks === undefined) throw new Refusal("no_text");
      message.history.push(textOf(message));
      // What is not given stays as it was, blocks under a new text included.
      if (text !== undefined) message.text = text;
      if (blocks !== undefined) message.blocks = blocks;
      if (call.values.has("metadata")) message.metadata = call.values.json("metadata") ?? null;
      message.edited = true;
      inside.echo(message, "changed");
      return { channel: message.channel, ts: message.ts, text: message.text, message: apiMessage(message) };
    },
  },
  "chat.delete": {
    scopes: ["chat:write"],
    tier: 3,
    answer(call, inside) {
      const message = ownMessage(call, inside, "cant_delete_message");
      inside.world.messages.delete(keyOf(message));
      inside.echo(message, "deleted");
      return { channel: message.channel, ts: message.ts };
    },
  },
  "chat.getPermalink": {
    scopes: [],
    tier: "free",
    answer(call, inside) {
      const { channel, ts } = messageOf(call, inside, "message_ts");
      return { channel, permalink: `https://loopback.slack.com/archives/${channel}/p${ts.replace(".", "")}` };
    },
  },
};

function post(call: Call, inside: Inside, onlyFor: string | null): StoredMessage {
  const { world } = inside;
  const { team, values } = call;
  const channel = openChannel(call, inside);
  // Not told of in the method's arguments, but in its errors: `duplicate_message_not_found`.
  const sentAs = values.has("client_msg_id") ? values.text("client_msg_id") : null;
  const sent = [...world.messages.values()].find((known) => sentAs !== null && known.sentAs === sentAs);
  if (sent !== undefined) return sent;
  const { text, blocks } = partsOf(call, inside);
  if ((text ?? "") === "" && (blocks ?? []).length === 0) throw new Refusal("no_text");
  return newMessage(world, {
    channel: channel.id,
    team: team.id,
    user: team.botUser,
    botId: team.botId,
    text: text ?? "",
    blocks: blocks ?? [],
    threadTs: threadOf(call, inside, channel.id),
    metadata: values.json<object>("metadata") ?? null,
    onlyFor,
    sentAs,
  });
}

/** A thread hangs on a message that is there, and on no reply. */
export function threadOf({ name, values }: Call, { world, faults }: Inside, channel: string): string | null {
  if (!values.has("thread_ts")) return null;
  const parent = world.messages.get(`${channel} ${values.text("thread_ts")}`);
  if (parent === undefined) throw new Refusal("thread_not_found");
  if (parent.threadTs !== null && parent.threadTs !== parent.ts) {
    faults.push(`${name}: thread_ts names a reply`);
    return parent.threadTs;
  }
  return parent.ts;
}

export function ownMessage(call: Call, inside: Inside, otherwise = "cant_update_message"): StoredMessage {
  const message = messageOf(call, inside);
  if (message.user !== call.team.botUser) throw new Refusal(otherwise);
  return message;
}
