/** Which of Slack's events, commands, actions and forms goes to which handler. Each is acknowledged before anything slow. */
import type { App, BlockAction, GlobalShortcut, MessageShortcut, ViewSubmitAction } from "@slack/bolt";
import type { Bot } from "./bot.ts";
import { ACTIONS } from "./buttons.ts";
import { FORMS } from "./forms.ts";
import { HOME_ACTIONS } from "./home.ts";
import { tenantOf } from "./ids.ts";
import { LEAVING_EVENTS } from "./installing/leaving.ts";
import { onLookup } from "./lookup.ts";
import { COMMANDS, SHORTCUTS } from "./manifest/features.ts";
import { onFeedback, onWrong } from "./on-feedback.ts";
import { onCorrectionForm, onQuestionForm } from "./on-form.ts";
import {
  onErase,
  onExport,
  onSettings,
  onSettingsForm,
  onShowKept,
  onTraining,
  showHome,
  suggestPrompts,
} from "./on-home.ts";
import { type AskingMessage, onMessage } from "./on-message.ts";
import { onReaction } from "./on-reaction.ts";
import { onAskCommand, onAskOn, onGlobalShortcut, onHomeAsk, onMessageShortcut } from "./on-shortcut.ts";
import { onMore, onWhy } from "./on-why.ts";
import type { Work } from "./work.ts";
import { type Workspace, workspaceOf } from "./workspace.ts";

type Handler<Body> = (body: Body, workspace: Workspace, bot: Bot) => Promise<void>;

export function listen(app: App, bot: Bot, work: Pick<Work, "run">): void {
  const { events } = bot.options;
  // Slack sends an event again when it is not sure that it arrived, and Bolt hands it on every time.
  app.use(async ({ body, context, next }) => {
    const { event_id, event } = body as { event_id?: string; event?: { type: string } };
    // Leaving waits for what is being done there, so it must not count as such itself.
    const leaving = event !== undefined && LEAVING_EVENTS.includes(event.type);
    const tenant = leaving || context.teamId === undefined ? null : tenantOf(context.teamId);
    await work.run(tenant, async () => {
      if (event_id === undefined || (await events.first("slack", event_id))) await next();
    });
  });
  listenForEvents(app, bot);

  app.command(COMMANDS.ask.command, async ({ ack, command, ...given }) => {
    await ack();
    await onAskCommand(command, workspaceOf(given), bot);
  });
  app.command(COMMANDS.lookup.command, async ({ ack, command, respond, ...given }) => {
    await ack();
    await onLookup(command, respond, workspaceOf(given), bot);
  });
  app.shortcut<MessageShortcut>(
    { type: "message_action", callback_id: SHORTCUTS.askAboutImage.callback_id },
    async ({ ack, shortcut, ...given }) => {
      await ack();
      await onMessageShortcut(shortcut, workspaceOf(given), bot);
    },
  );
  app.shortcut<GlobalShortcut>(
    { type: "shortcut", callback_id: SHORTCUTS.ask.callback_id },
    async ({ ack, shortcut, ...given }) => {
      await ack();
      await onGlobalShortcut(shortcut, workspaceOf(given), bot);
    },
  );

  const pressed = (action: string, handle: Handler<BlockAction>) =>
    app.action<BlockAction>(action, async ({ ack, body, ...given }) => {
      await ack();
      await handle(body, workspaceOf(given), bot);
    });
  pressed(ACTIONS.feedback, onFeedback);
  pressed(ACTIONS.wrong, onWrong);
  pressed(ACTIONS.why, onWhy);
  pressed(ACTIONS.more, onMore);
  pressed(ACTIONS.askOn, onAskOn);
  pressed(HOME_ACTIONS.ask, onHomeAsk);
  pressed(HOME_ACTIONS.show, onShowKept);
  pressed(HOME_ACTIONS.export, onExport);
  pressed(HOME_ACTIONS.erase, onErase);
  pressed(HOME_ACTIONS.training, onTraining);
  pressed(HOME_ACTIONS.settings, onSettings);

  const sent = (form: string, handle: Handler<ViewSubmitAction>) =>
    app.view<ViewSubmitAction>(form, async ({ ack, body, ...given }) => {
      await ack();
      // A form has no event id, but can be sent once only.
      if (await bot.options.events.first("slack", `form:${body.view.id}`))
        await handle(body, workspaceOf(given), bot);
    });
  sent(FORMS.question, onQuestionForm);
  sent(FORMS.correction, onCorrectionForm);
  sent(FORMS.settings, onSettingsForm);
}

/** Bolt acknowledges events by itself. */
function listenForEvents(app: App, bot: Bot): void {
  app.event("app_mention", ({ event, body, ...given }) => {
    const about = { eventId: body.event_id, direct: false };
    return onMessage(event as AskingMessage, about, workspaceOf(given), bot);
  });
  app.event("message", async ({ event, body, ...given }) => {
    if (event.channel_type !== "im") return;
    const about = { eventId: body.event_id, direct: true };
    await onMessage(event as AskingMessage, about, workspaceOf(given), bot);
  });
  app.event("reaction_added", ({ event, ...given }) => onReaction("added", event, workspaceOf(given), bot));
  app.event("reaction_removed", ({ event, ...given }) =>
    onReaction("removed", event, workspaceOf(given), bot),
  );
  app.event("app_home_opened", ({ event, ...given }) =>
    event.tab === "messages"
      ? suggestPrompts(event.user, event.channel, workspaceOf(given), bot)
      : showHome(event.user, workspaceOf(given), bot),
  );
}
