/** Text that arrives bit by bit, in a message that dies of age. */
import type { SentBlock } from "./blocks.ts";
import { ownMessage, threadOf } from "./chat-methods.ts";
import {
  apiMessage,
  checkBlocks,
  MARKDOWN,
  newMessage,
  noteLiveMarks,
  openChannel,
  textOf,
} from "./message-parts.ts";
import type { Call, Inside, Method } from "./method.ts";
import { Refusal } from "./refusal.ts";
import type { StoredMessage } from "./world.ts";

type Chunk = Readonly<{
  type: string;
  text?: string;
  blocks?: readonly SentBlock[];
  id?: string;
  title?: string;
}>;

export const STREAM_METHODS: Readonly<Record<string, Method>> = {
  "chat.startStream": {
    scopes: ["chat:write"],
    tier: 2,
    answer(call, inside) {
      const { team, values } = call;
      const channel = openChannel(call, inside);
      const threadTs = threadOf(call, inside, channel.id);
      if (threadTs === null) throw new Refusal("invalid_thread_ts");
      if (channel.kind !== "im") {
        const person = inside.world.people.get(
          values.needed("recipient_user_id", "missing_recipient_user_id"),
        );
        const theirs = values.needed("recipient_team_id", "missing_recipient_team_id");
        if (person === undefined || person.team !== theirs) throw new Refusal("user_not_found");
      }
      const message = newMessage(inside.world, {
        channel: channel.id,
        team: team.id,
        user: team.botUser,
        botId: team.botId,
        text: "",
        threadTs,
        stream: { bornAt: Date.now(), open: true, markdown: "" },
      });
      append(message, call, inside);
      inside.echo(message, "new");
      return { channel: channel.id, ts: message.ts };
    },
  },
  "chat.appendStream": {
    scopes: ["chat:write"],
    tier: 4,
    answer(call, inside) {
      const message = streaming(call, inside);
      if (!call.values.has("markdown_text") && !call.values.has("chunks")) throw new Refusal("no_text");
      append(message, call, inside);
      return { channel: message.channel, ts: message.ts };
    },
  },
  "chat.stopStream": {
    scopes: ["chat:write"],
    tier: 2,
    answer(call, inside) {
      const message = streaming(call, inside);
      append(message, call, inside);
      const blocks = call.values.json<readonly SentBlock[]>("blocks") ?? [];
      checkBlocks([...message.blocks, ...blocks], inside.world, call.team.id);
      message.blocks = [...message.blocks, ...blocks];
      noteLiveMarks(call.name, JSON.stringify(blocks), inside.faults);
      message.stream!.open = false;
      if (call.values.has("metadata")) message.metadata = call.values.json("metadata") ?? null;
      inside.echo(message, "changed");
      return { channel: message.channel, ts: message.ts, message: apiMessage(message) };
    },
  },
};

function streaming(call: Call, inside: Inside): StoredMessage {
  const message = ownMessage(call, inside, "message_not_owned_by_app");
  const { stream } = message;
  if (stream?.open === true && Date.now() - stream.bornAt > inside.world.patience.stream) stream.open = false;
  if (stream?.open !== true) throw new Refusal("message_not_in_streaming_state");
  return message;
}

/** Adds text and chunks to what is there; each bit has a limit of its own, the whole has that of any message. */
function append(message: StoredMessage, { name, values, team }: Call, inside: Inside): void {
  const chunks = values.json<readonly Chunk[]>("chunks") ?? [];
  const bits = values.has("markdown_text")
    ? [{ type: "markdown_text", text: values.text("markdown_text") }, ...chunks]
    : chunks;
  const before = textOf(message);
  for (const { type, text = "", blocks = [], title = "" } of bits) {
    if (text.length > MARKDOWN || title.length > 256) throw new Refusal("msg_too_long");
    noteLiveMarks(name, text, inside.faults);
    if (type === "markdown_text") addMarkdown(message, text);
    else if (type === "blocks") {
      message.blocks = [...message.blocks, ...blocks];
      message.stream!.markdown = "";
    } else if (type !== "task_update" && type !== "plan_update") throw new Refusal("invalid_chunks");
  }
  checkBlocks(message.blocks, inside.world, team.id);
  if (bits.length > 0) message.history.push(before);
}

/** What was streamed stands in the message as formatted text: bits of one text are one block. */
function addMarkdown(message: StoredMessage, text: string): void {
  const stream = message.stream!;
  const before = stream.markdown === "" ? message.blocks : message.blocks.slice(0, -1);
  stream.markdown += text;
  message.text += text;
  const elements = [{ type: "text", text: shownMarkdown(stream.markdown) }];
  message.blocks = [...before, { type: "rich_text", elements }];
}

/** Markdown as people see it, with links written as in mrkdwn. */
function shownMarkdown(markdown: string): string {
  return markdown
    .replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((\S+?)\)/g, "<$2|$1>")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
