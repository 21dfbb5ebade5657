/** Messages on their way to Slack: checked against its limits, mentioning nobody, showing no previews. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RespondFn } from "@slack/bolt";
import type { Logger } from "../../src/log.ts";
import { section } from "./blocks.ts";
import { LIMITS, type MessageBody, messageFaults } from "./limits.ts";
import type { Place } from "./place.ts";
import { type Block, isFormRefused, loggable, refusalOf } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** What every message says of itself. */
const QUIET = { link_names: false, parse: "none", unfurl_links: false, unfurl_media: false } as const;

/** For places where the bot cannot write: it was not invited, or the thread's message was deleted. */
const NOT_THERE = [
  "user_not_in_channel",
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "thread_not_found",
  "message_not_found",
];

/** A message of one text, our own or made safe. */
export function textBody(text: string): MessageBody {
  return { text, blocks: [section(text)] };
}

/** The same without pictures, which are what Slack refuses when it has not read them yet. */
function withoutPictures({ text, blocks }: MessageBody): MessageBody {
  return {
    text,
    blocks: blocks
      .filter(({ type }) => type !== "image")
      .map((block) => {
        if (block.type !== "section" || block.accessory?.type !== "image") return block;
        const { accessory: _, ...rest } = block;
        return rest;
      }),
  };
}

/** Milliseconds before a message is sent again whose pictures Slack had not yet made ready; uploads take it a moment. */
const PICTURE_PAUSES = [500, 1_500];

/** Sends the message as it is, else without pictures, else as text alone. Throws what Slack refuses for other reasons. */
async function inSomeForm<Result>(
  body: MessageBody,
  log: Logger,
  send: (body: { text: string; blocks: Block[] }) => Promise<Result>,
): Promise<Result> {
  const bare = withoutPictures(body);
  const pictured = JSON.stringify(bare) !== JSON.stringify(body);
  const attempts = [
    { form: body, pause: 0 },
    ...(pictured
      ? [...PICTURE_PAUSES.map((pause) => ({ form: body, pause })), { form: bare, pause: 0 }]
      : []),
  ];
  for (const { form, pause } of attempts) {
    const faults = messageFaults(form);
    if (faults.length > 0) {
      log.error({ faults }, "a message breaks Slack's limits");
      continue;
    }
    await sleep(pause);
    try {
      return await send({ text: form.text, blocks: [...form.blocks] });
    } catch (error) {
      if (!isFormRefused(error)) throw error;
      log.info({ err: loggable(error) }, "Slack did not take this form of message");
    }
  }
  return send({ text: body.text.slice(0, LIMITS.text) || "…", blocks: [] });
}

/** A message that is there. */
export interface Sent {
  readonly channel: string;
  readonly ts: string;
}

/** Where a message goes: a thread, or (null) the conversation itself. `channel` may be a person, for the talk with them. */
export type Target = Pick<Place, "channel" | "user"> & { readonly thread: string | null };

/** Where the bot may not write, the message goes to who asked, by the direct conversation with them. */
export async function post(
  { channel, thread, user }: Target,
  body: MessageBody,
  { client }: Pick<Workspace, "client">,
  log: Logger,
): Promise<Sent> {
  const there = thread === null ? { channel } : { channel, thread_ts: thread };
  try {
    const sent = await inSomeForm(body, log, (form) => {
      // The library sends it again when no answer came, which can be too late; Slack knows by this that it has it already.
      const once = { client_msg_id: randomUUID() };
      return client.chat.postMessage({ ...QUIET, ...form, ...there, ...once });
    });
    return { channel: sent.channel!, ts: sent.ts! };
  } catch (error) {
    if (!NOT_THERE.includes(refusalOf(error) ?? "") || channel === user) throw error;
    return post({ channel: user, thread: null, user }, body, { client }, log);
  }
}

export async function edit(
  { channel, ts }: Sent,
  body: MessageBody,
  { client }: Pick<Workspace, "client">,
  log: Logger,
): Promise<void> {
  const { link_names, parse } = QUIET;
  // Blocks that are left out would stay as they were.
  await inSomeForm(body, log, (form) => client.chat.update({ link_names, parse, ...form, channel, ts }));
}

/** For one person alone; where that is not possible, by the direct conversation with them. */
export async function whisper(
  { channel, user, thread }: Target,
  body: MessageBody,
  workspace: Pick<Workspace, "client">,
  log: Logger,
): Promise<Sent> {
  const { link_names, parse } = QUIET;
  const there = thread === null ? { channel, user } : { channel, user, thread_ts: thread };
  try {
    const sent = await inSomeForm(body, log, (form) =>
      workspace.client.chat.postEphemeral({ link_names, parse, ...form, ...there }),
    );
    return { channel, ts: sent.message_ts! };
  } catch (error) {
    if (!NOT_THERE.includes(refusalOf(error) ?? "")) throw error;
    return post({ channel: user, thread: null, user }, body, workspace, log);
  }
}

/** The answer to a command. */
export async function reply(
  respond: RespondFn,
  body: MessageBody,
  response_type: "ephemeral" | "in_channel",
  log: Logger,
): Promise<void> {
  await inSomeForm(body, log, (form) => respond({ ...QUIET, parse: "none", ...form, response_type }));
}
