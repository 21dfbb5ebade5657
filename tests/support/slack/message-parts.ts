/** Making and changing messages of the bot, with everything that Slack refuses in them. */
import { judgeBlocks } from "./block-rules.ts";
import type { SentBlock } from "./blocks.ts";
import { wordsOf } from "./blocks.ts";
import { apiFile } from "./files.ts";
import { type Call, channelOf, type Inside } from "./method.ts";
import { invalid, Refusal } from "./refusal.ts";
import { APP_ID, keyOf, type StoredChannel, type StoredMessage, type World } from "./world.ts";

/** https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const TEXT = 40_000;
export const MARKDOWN = 12_000;

export function textOf({ text, blocks }: Pick<StoredMessage, "text" | "blocks">): string {
  return blocks.length > 0 ? wordsOf(blocks) : text;
}

/** Where the bot may post. */
export function openChannel(call: Call, inside: Inside, name = "channel"): StoredChannel {
  const channel = channelOf(call, inside, name);
  if (channel.archived) throw new Refusal("is_archived");
  const welcome = channel.member || channel.kind === "im";
  if (!welcome && !(channel.kind === "channel" && call.team.scopes.has("chat:write.public")))
    throw new Refusal(channel.kind === "channel" ? "not_in_channel" : "channel_not_found");
  return channel;
}

/** Text and blocks that a call brings; undefined: not given. */
export function partsOf({ name, team, values }: Call, inside: Inside) {
  const markdown = values.text("markdown_text");
  if (markdown.length > MARKDOWN) throw new Refusal("msg_too_long");
  if (markdown !== "" && (values.has("text") || values.has("blocks")))
    throw new Refusal("markdown_text_conflict");
  const text = values.has("text") ? values.text("text") : undefined;
  if ((text ?? "").length > TEXT) throw new Refusal("msg_too_long");
  const given = values.json<readonly SentBlock[]>("blocks");
  const blocks = markdown === "" ? given : [{ type: "markdown", text: markdown }];
  if (blocks !== undefined) checkBlocks(blocks, inside.world, team.id);
  if (given !== undefined && given.length > 0 && text === undefined)
    inside.faults.push(`${name}: blocks without a text for notifications`);
  noteLiveMarks(name, `${text ?? ""} ${JSON.stringify(blocks ?? [])}`, inside.faults);
  if (values.yes("link_names") || values.text("parse") === "full")
    inside.faults.push(`${name}: names in the text would become mentions`);
  return { text: text ?? (markdown === "" ? undefined : markdown), blocks };
}

export function noteLiveMarks(name: string, text: string, faults: string[]): void {
  const live = /<!(channel|here|everyone)/.exec(text);
  if (live !== null) faults.push(`${name}: ${live[0]}> would notify everybody`);
}

export function checkBlocks(blocks: readonly SentBlock[], world: World, team: string): void {
  const { error, faults } = judgeBlocks(blocks, { surface: "message", world, team });
  if (error !== null) throw invalid(error, faults);
}

export function newMessage(
  world: World,
  of: Pick<StoredMessage, "channel" | "team" | "user" | "text"> & Partial<StoredMessage>,
): StoredMessage {
  const message: StoredMessage = {
    ts: world.ts(),
    botId: null,
    threadTs: null,
    onlyFor: null,
    event: { ids: new Map() },
    sentAs: null,
    blocks: [],
    files: [],
    metadata: null,
    stream: null,
    edited: false,
    reactions: new Set(),
    history: [],
    ...of,
  };
  world.messages.set(keyOf(message), message);
  for (const file of message.files) file.channels.add(message.channel);
  return message;
}

/** A message as the Web API and events give it. */
export function apiMessage(message: StoredMessage): object {
  const { ts, user, team, botId, threadTs, text, blocks, files, metadata, edited, stream } = message;
  return {
    type: "message",
    user,
    ts,
    text,
    team,
    ...(botId === null ? { client_msg_id: `client-${ts}` } : { bot_id: botId, app_id: APP_ID }),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(files.length === 0 ? {} : { files: files.map((file) => apiFile(file)), upload: false }),
    ...(metadata === null ? {} : { metadata }),
    ...(edited ? { edited: { user, ts } } : {}),
    ...(stream === null ? {} : { streaming_state: stream.open ? "in_progress" : "completed" }),
  };
}
