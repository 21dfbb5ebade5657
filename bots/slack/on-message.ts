/** Mentions in channels and their threads, and messages to the bot itself. */
import { RoraError } from "../../src/errors.ts";
import { ask, refuse, textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import { mayBePicture, type SlackFile } from "./files.ts";
import { placeId } from "./ids.ts";
import type { Place } from "./place.ts";
import { loggable } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** A message as its event tells of it; mentions and direct messages alike. */
export interface AskingMessage {
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly subtype?: string | undefined;
  readonly text?: string | undefined;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly channel: string;
  readonly user_team?: string | undefined;
  readonly files?: readonly SlackFile[] | undefined;
}

/** Changes, deletions, joins and the like are no questions. */
const ASKING_SUBTYPES = [undefined, "file_share", "thread_broadcast"];

/** `direct`: in the conversation with the bot alone. */
export async function onMessage(
  message: AskingMessage,
  { eventId, direct }: { readonly eventId: string; readonly direct: boolean },
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { user, ts, channel, text = "" } = message;
  // Own messages and those of other bots: answering them could go on forever.
  if (user === undefined || user === workspace.botUserId || message.bot_id !== undefined) return;
  if (!ASKING_SUBTYPES.includes(message.subtype)) return;
  const texts = await textsOf(user, workspace, bot);
  const place: Place = {
    channel,
    thread: message.thread_ts ?? ts,
    user,
    userTeam: message.user_team ?? workspace.teamId,
    direct,
    hidden: !direct && bot.settings.of(workspace.tenant).privateAnswers,
  };
  try {
    const own = message.files ?? [];
    const begun = await conversationIn(place, bot);
    const above = own.length === 0 && begun === null ? await filesAbove(message, workspace, bot) : [];
    if (above === null) throw new RoraError("image-missing", texts.unseenThread);
    const conversation = own.length === 0 ? begun : null;
    const asked = { eventId, text, files: [...own, ...above], questionMessage: ts, conversation };
    await ask(asked, place, workspace, bot, texts);
  } catch (error) {
    await refuse(error, eventId, place, workspace, bot, texts);
  }
}

/** The conversation that a thread is about, if it has had an answer. */
async function conversationIn({ channel, thread }: Place, { options }: Bot): Promise<string | null> {
  return (await options.posts.latest("slack", placeId(channel, thread)))?.conversation ?? null;
}

/**
 * Files of the message that a thread hangs on; null where Slack does not show it. Asked once for a thread, before its first
 * answer: apps outside the Marketplace may ask once a minute. https://docs.slack.dev/reference/methods/conversations.replies
 */
async function filesAbove(
  { channel, ts, thread_ts }: AskingMessage,
  workspace: Workspace,
  { options, hasty }: Bot,
): Promise<readonly SlackFile[] | null> {
  if (thread_ts === undefined || thread_ts === ts) return [];
  try {
    const { messages } = await hasty(workspace).conversations.replies({ channel, ts: thread_ts, limit: 1 });
    const files = (messages?.[0]?.files ?? []) as readonly SlackFile[];
    return files.filter(mayBePicture);
  } catch (error) {
    options.log.info({ err: loggable(error) }, "the message above a thread could not be read");
    return null;
  }
}
