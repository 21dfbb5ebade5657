/** Which of Slack's events, commands, actions and forms goes to which handler. Each is acknowledged before anything slow. */
import type {
  App,
  BlockAction,
  Context,
  GlobalShortcut,
  MessageShortcut,
  ViewSubmitAction,
} from "@slack/bolt";
import type { Bot } from "./bot.ts";
import { ACTIONS } from "./buttons.ts";
import { FORMS } from "./forms.ts";
import { HOME_ACTIONS } from "./home.ts";
import { onLookup } from "./lookup.ts";
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
import {
  onAskCommand,
  onAskOn,
  onGlobalShortcut,
  onHomeAsk,
  onMessageShortcut,
  SHORTCUTS,
} from "./on-shortcut.ts";
import { onMore, onWhy } from "./on-why.ts";
import type { Client } from "./slack.ts";
import { type Workspace, workspaceOf } from "./workspace.ts";

/** Names of the commands, as the manifest has them. */
export const COMMANDS = { ask: "/ask", lookup: "/lookup" } as const;

/** Runs a handler to its end, whatever it throws. */
export type Run = (
  given: { readonly client: Client; readonly context: Context },
  handle: (workspace: Workspace) => Promise<void>,
) => Promise<void>;

type Handler<Body> = (body: Body, workspace: Workspace, bot: Bot) => Promise<void>;

export function listen(app: App, bot: Bot, run: Run): void {
  // Slack sends an event again when it is not sure that it arrived, and Bolt hands it on every time.
  app.use(async ({ body, next }) => {
    const { event_id } = body as { readonly event_id?: string };
    if (event_id === undefined || (await bot.options.events.first("slack", event_id))) await next();
  });
  listenForEvents(app, bot, run);

  app.command(COMMANDS.ask, async ({ ack, command, ...given }) => {
    await ack();
    await run(given, (workspace) => onAskCommand(command, workspace, bot));
  });
  app.command(COMMANDS.lookup, async ({ ack, command, respond, ...given }) => {
    await ack();
    await run(given, (workspace) => onLookup(command, respond, workspace, bot));
  });
  app.shortcut<MessageShortcut>(
    { type: "message_action", callback_id: SHORTCUTS.message },
    async ({ ack, shortcut, ...given }) => {
      await ack();
      await run(given, (workspace) => onMessageShortcut(shortcut, workspace, bot));
    },
  );
  app.shortcut<GlobalShortcut>(
    { type: "shortcut", callback_id: SHORTCUTS.global },
    async ({ ack, shortcut, ...given }) => {
      await ack();
      await run(given, (workspace) => onGlobalShortcut(shortcut, workspace, bot));
    },
  );

  const pressed = (action: string, handle: Handler<BlockAction>) =>
    app.action<BlockAction>(action, async ({ ack, body, ...given }) => {
      await ack();
      await run(given, (workspace) => handle(body, workspace, bot));
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
        await run(given, (workspace) => handle(body, workspace, bot));
    });
  sent(FORMS.question, onQuestionForm);
  sent(FORMS.correction, onCorrectionForm);
  sent(FORMS.settings, onSettingsForm);
}

/** Bolt acknowledges events by itself. */
function listenForEvents(app: App, bot: Bot, run: Run): void {
  app.event("app_mention", ({ event, body, ...given }) => {
    const about = { eventId: body.event_id, direct: false };
    return run(given, (workspace) => onMessage(event as AskingMessage, about, workspace, bot));
  });
  app.event("message", async ({ event, body, ...given }) => {
    if (event.channel_type !== "im") return;
    const about = { eventId: body.event_id, direct: true };
    await run(given, (workspace) => onMessage(event as AskingMessage, about, workspace, bot));
  });
  app.event("reaction_added", ({ event, ...given }) =>
    run(given, (workspace) => onReaction("added", event, workspace, bot)),
  );
  app.event("reaction_removed", ({ event, ...given }) =>
    run(given, (workspace) => onReaction("removed", event, workspace, bot)),
  );
  app.event("app_home_opened", ({ event, ...given }) =>
    run(given, (workspace) =>
      event.tab === "messages"
        ? suggestPrompts(event.user, event.channel, workspace, bot)
        : showHome(event.user, workspace, bot),
    ),
  );
}
