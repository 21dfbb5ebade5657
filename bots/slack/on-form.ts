/** Forms that came back: questions and corrections. */
import type { ViewSubmitAction } from "@slack/bolt";
import { askerOf } from "../chat/asker.ts";
import { entityChoices } from "../chat/choices.ts";
import { receiveCorrection } from "../chat/feedback.ts";
import { ask, refusalAt, textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import type { SlackFile } from "./files.ts";
import { readTarget } from "./form-target.ts";
import { choiceIn, type FormState, filesIn, textIn } from "./form-values.ts";
import { FIELDS } from "./forms.ts";
import { isDirect } from "./ids.ts";
import { beginThread } from "./new-thread.ts";
import type { Place } from "./place.ts";
import { postOf, recordOf } from "./records.ts";
import { textBody, whisper } from "./send.ts";
import type { Workspace } from "./workspace.ts";

/** A question with pictures, about pictures, or going on with an answer. */
export async function onQuestionForm(
  { user, view }: ViewSubmitAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const state = view.state.values as FormState;
  const target = readTarget(view.private_metadata);
  const texts = await textsOf(user.id, workspace, bot);
  const text = textIn(state, FIELDS.question);
  const asker = { user: user.id, userTeam: user.team_id ?? workspace.teamId };
  const { channel, thread } = target;
  const direct = channel !== null && isDirect(channel);
  const refusal = channel === null ? null : refusalAt({ channel, direct }, workspace, bot, texts);
  if (channel !== null && refusal !== null) {
    await whisper({ channel, thread, user: user.id }, textBody(refusal), workspace, bot.options.log);
    return;
  }
  const hidden = !direct && bot.settings.of(workspace.tenant).privateAnswers;
  const place: Place =
    channel !== null && thread !== null
      ? { ...asker, channel, thread, direct, hidden }
      : await beginThread(text, { ...asker, channel: hidden ? null : channel }, workspace, bot, texts);
  const followed = target.interaction === null ? null : await postOf(target.interaction, workspace, bot);
  const chosen: SlackFile[] = target.files.map((id) => ({ id }));
  const asked = {
    eventId: `form:${view.id}`,
    text,
    files: [...filesIn(state, FIELDS.pictures), ...chosen],
    questionMessage: null,
    conversation: followed?.conversation ?? null,
  };
  await ask(asked, place, workspace, bot, texts);
}

/** What was wrong with an answer; with a better picture, the question is asked again about that. */
export async function onCorrectionForm(
  { user, view }: ViewSubmitAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { options } = bot;
  const { channel, thread, interaction } = readTarget(view.private_metadata);
  if (interaction === null || channel === null || thread === null) return;
  const state = view.state.values as FormState;
  const texts = await textsOf(user.id, workspace, bot);
  const record = await recordOf(interaction, workspace, bot);
  const say = (text: string) =>
    whisper({ channel, thread, user: user.id }, textBody(text), workspace, options.log);
  if (record === null) {
    await say(texts.gone);
    return;
  }
  const given = {
    reason: choiceIn(state, FIELDS.reason),
    entity: choiceIn(state, FIELDS.entity),
    answer: textIn(state, FIELDS.answer),
  };
  const known = entityChoices(record.reply).map(({ id }) => id);
  const rater = askerOf(workspace.tenant, user.id, options.pseudonymKey);
  await options.ledger.recordFeedback(interaction, rater, receiveCorrection(given, known));
  await say(texts.thanksForCorrection);
  const files = filesIn(state, FIELDS.pictures);
  if (files.length === 0) return;
  const direct = isDirect(channel);
  const hidden = !direct && bot.settings.of(workspace.tenant).privateAnswers;
  const userTeam = user.team_id ?? workspace.teamId;
  const place = { channel, thread, user: user.id, userTeam, direct, hidden };
  const again = { text: record.question, files, questionMessage: null, conversation: null };
  await ask({ eventId: `form:${view.id}`, ...again }, place, workspace, bot, texts);
}
