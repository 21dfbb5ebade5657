/** The ways in that open a form: shortcuts, `/ask`, a button of the home tab, and "Ask on" below an answer. */
import type { BlockAction, GlobalShortcut, MessageShortcut, SlashCommand } from "@slack/bolt";
import { MOST_PICTURES } from "../chat/receive.ts";
import { plainQuestion, textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import type { SlackFile } from "./files.ts";
import { type FormTarget, NOWHERE } from "./form-target.ts";
import { questionForm } from "./forms.ts";
import { pressedOf, targetOf } from "./pressed.ts";
import { textBody, whisper } from "./send.ts";
import { openView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** What the library's type leaves open. */
interface ShownMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly files?: readonly SlackFile[];
}

export async function onMessageShortcut(
  { trigger_id, user, channel, message }: MessageShortcut,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { files = [], thread_ts, ts } = message as ShownMessage;
  if (files.length === 0) {
    const texts = await textsOf(user.id, workspace, bot);
    const place = { channel: channel.id, thread: null, user: user.id };
    await whisper(place, textBody(texts.noImageThere), workspace, bot.options.log);
    return;
  }
  // One more than are looked at, so that it can be said that there are more.
  const ids = files.slice(0, MOST_PICTURES + 1).map(({ id }) => id);
  const target = { ...NOWHERE, channel: channel.id, thread: thread_ts ?? ts, files: ids };
  await openQuestion(trigger_id, user.id, target, "", workspace, bot);
}

export async function onGlobalShortcut(
  { trigger_id, user }: GlobalShortcut,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  await openQuestion(trigger_id, user.id, NOWHERE, "", workspace, bot);
}

export async function onAskCommand(
  { trigger_id, user_id, channel_id, text }: SlashCommand,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const target = { ...NOWHERE, channel: channel_id };
  await openQuestion(trigger_id, user_id, target, plainQuestion(text), workspace, bot);
}

export async function onHomeAsk(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  await openQuestion(body.trigger_id, body.user.id, NOWHERE, "", workspace, bot);
}

export async function onAskOn(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const pressed = pressedOf(body);
  await openQuestion(pressed.trigger, pressed.user, targetOf(pressed, pressed.value), "", workspace, bot);
}

async function openQuestion(
  trigger: string,
  user: string,
  target: FormTarget,
  words: string,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { limits, log } = bot.options;
  const texts = await textsOf(user, workspace, bot);
  const upload = target.files.length === 0 && target.interaction === null;
  const view = questionForm(target, { texts, upload, words, most: limits.questionCharacters });
  await openView(trigger, view, workspace, log);
}
