/** Whether an answer helped, by button; and the form that asks what was wrong with it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BlockAction } from "@slack/bolt";
import { askerOf } from "../chat/asker.ts";
import { entityChoices } from "../chat/choices.ts";
import { textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import { readVerdict } from "./buttons.ts";
import { correctionForm } from "./forms.ts";
import { type Pressed, pressedOf, targetOf, whisperPlace } from "./pressed.ts";
import { postOf, recordOf } from "./records.ts";
import { textBody, whisper } from "./send.ts";
import { openView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds to look for the candidates before the form opens without them: it must open within 3 s. */
const LONGEST_LOOK = 1_500;

export async function onFeedback(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const pressed = pressedOf(body);
  const { verdict, id } = readVerdict(pressed.value);
  // The verdict is kept whether or not the form can still be opened.
  const [kept] = await Promise.all([
    keepVerdict(pressed.user, id, verdict, workspace, bot),
    verdict === "unhelpful" ? openCorrection(pressed, id, workspace, bot) : null,
  ]);
  const texts = await textsOf(pressed.user, workspace, bot);
  // The form is thanked for when it comes back.
  if (kept && verdict === "unhelpful") return;
  const thanks = textBody(kept ? texts.thanks : texts.gone);
  await whisper(whisperPlace(pressed), thanks, workspace, bot.options.log);
}

export async function onWrong(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const pressed = pressedOf(body);
  await openCorrection(pressed, pressed.value, workspace, bot);
}

async function openCorrection(pressed: Pressed, id: string, workspace: Workspace, bot: Bot): Promise<void> {
  const late = sleep(LONGEST_LOOK, null, { ref: false });
  const [record, texts] = await Promise.all([
    Promise.race([recordOf(id, workspace, bot), late]),
    textsOf(pressed.user, workspace, bot),
  ]);
  const entities = record === null ? [] : entityChoices(record.reply);
  const view = correctionForm(targetOf(pressed, id), entities, texts);
  await openView(pressed.trigger, view, workspace, bot.options.log);
}

async function keepVerdict(
  user: string,
  id: string,
  verdict: "helpful" | "unhelpful",
  workspace: Workspace,
  bot: Bot,
): Promise<boolean> {
  const { ledger, pseudonymKey } = bot.options;
  if ((await postOf(id, workspace, bot)) === null) return false;
  return ledger.recordFeedback(id, askerOf(workspace.tenant, user, pseudonymKey), { verdict });
}
