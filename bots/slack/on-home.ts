/** The home tab and what is pressed there, and the first view of the conversation with the bot. */
import type { BlockAction, ViewSubmitAction } from "@slack/bolt";
import type { Asker } from "../../src/domain/question.ts";
import { askerOf } from "../chat/asker.ts";
import { keptAsFiles, keptInWords } from "../chat/privacy.ts";
import { textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import type { FormState } from "./form-values.ts";
import { notice } from "./forms.ts";
import { RECENT_QUESTIONS, renderHome } from "./home.ts";
import { SUGGESTED_PROMPTS } from "./manifest/features.ts";
import { post, textBody } from "./send.ts";
import { receiveSettings, settingsForm } from "./settings-form.ts";
import { openView, publishHome, updateView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

const asking = (user: string, { tenant }: Workspace, { options }: Bot): Asker =>
  askerOf(tenant, user, options.pseudonymKey);

/** `told`: what was just done, if anything. */
export async function showHome(
  user: string,
  workspace: Workspace,
  bot: Bot,
  told: string | null = null,
): Promise<void> {
  const { people, log } = bot.options;
  const asker = asking(user, workspace, bot);
  const [texts, recent, [kept], admin] = await Promise.all([
    textsOf(user, workspace, bot),
    people.recentQuestions(asker, RECENT_QUESTIONS),
    people.kept([asker]),
    bot.people.isAdmin(user, workspace),
  ]);
  const allowsTraining = kept?.trainingAllowed ?? false;
  const chosen = bot.settings.of(workspace.tenant);
  const policy = chosen.trainingAllowed;
  const settings = admin ? chosen : null;
  const home = renderHome({ texts, recent, allowsTraining, policy, settings, told });
  await publishHome(user, home, workspace, log);
}

/** The agent view: what could be asked. */
export async function suggestPrompts(
  user: string,
  channel: string,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const texts = await textsOf(user, workspace, bot);
  await workspace.client.assistant.threads.setSuggestedPrompts({
    channel_id: channel,
    title: texts.promptsTitle,
    prompts: SUGGESTED_PROMPTS,
  });
}

export async function onShowKept(
  { trigger_id, user }: BlockAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { people, log } = bot.options;
  const texts = await textsOf(user.id, workspace, bot);
  // Reading it may take longer than the form may wait to open.
  const view = await openView(trigger_id, notice(texts.privacyTitle, ["…"], texts), workspace, log);
  const kept = await people.kept([asking(user.id, workspace, bot)]);
  const policy = bot.settings.of(workspace.tenant).trainingAllowed;
  const counted = keptInWords(kept, { policy, day: (date) => date.toISOString().slice(0, 10), texts });
  await updateView(view, notice(texts.privacyTitle, [counted, texts.privacyPolicy], texts), workspace, log);
}

/** As a file in the direct conversation. */
export async function onExport({ user }: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const { ledger, log } = bot.options;
  const texts = await textsOf(user.id, workspace, bot);
  // Slack takes files of any size that one person's questions come to.
  const { files } = await keptAsFiles([asking(user.id, workspace, bot)], ledger, Number.POSITIVE_INFINITY);
  const to = { channel: user.id, user: user.id, thread: null };
  const { channel, ts } = await post(to, textBody(texts.privacy.exported), workspace, log);
  for (const { name, bytes } of files)
    await workspace.client.files.uploadV2({
      channel_id: channel,
      thread_ts: ts,
      file: Buffer.from(bytes),
      filename: name,
    });
}

export async function onErase({ user }: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const texts = await textsOf(user.id, workspace, bot);
  const erased = await bot.options.ledger.erasePerson(asking(user.id, workspace, bot));
  await showHome(user.id, workspace, bot, texts.privacy.erased(erased));
}

export async function onTraining(
  { user, actions }: BlockAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const allowed = (actions[0] as { readonly value?: string } | undefined)?.value === "allow";
  await bot.options.people.allowTraining(asking(user.id, workspace, bot), allowed);
  await showHome(user.id, workspace, bot);
}

export async function onSettings(
  { user, trigger_id }: BlockAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const texts = await textsOf(user.id, workspace, bot);
  // The button may be older than a right that was taken away.
  if (await bot.people.isAdmin(user.id, workspace)) {
    const view = settingsForm(bot.settings.of(workspace.tenant), texts);
    await openView(trigger_id, view, workspace, bot.options.log);
  } else await showHome(user.id, workspace, bot, texts.adminsOnly);
}

export async function onSettingsForm(
  { user, view }: ViewSubmitAction,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { tenant } = workspace;
  if (!(await bot.people.isAdmin(user.id, workspace))) {
    const texts = await textsOf(user.id, workspace, bot);
    await showHome(user.id, workspace, bot, texts.adminsOnly);
    return;
  }
  const after = receiveSettings(view.state.values as FormState, bot.settings.of(tenant));
  await bot.settings.put(tenant, after);
  const texts = await textsOf(user.id, workspace, bot);
  await showHome(user.id, workspace, bot, texts.settingsSaved);
}
