/** Which of Slack's events, actions and forms goes to which handler. */
import type { App } from "@slack/bolt";
import type { Bot } from "./bot.ts";
import { ACTIONS } from "./buttons.ts";
import { onFeedback } from "./on-feedback.ts";
import { type AskingMessage, onMessage } from "./on-message.ts";
import { onReaction } from "./on-reaction.ts";
import { loggable } from "./slack.ts";
import { workspaceOf } from "./workspace.ts";

/** `track`: work that stopping waits for. */
export function listen(app: App, bot: Bot, track: (work: Promise<void>) => Promise<void>): void {
  const { events, log } = bot.options;
  app.error(async (error) =>
    log.error({ err: loggable(error.original ?? error) }, "an event could not be handled"),
  );

  // Slack sends an event again when it is not sure that it arrived, and Bolt hands it on every time.
  app.use(async ({ body, next }) => {
    const { event_id } = body as { event_id?: string };
    if (event_id === undefined || (await events.first("slack", event_id))) await track(next());
  });

  app.event("app_mention", ({ event, body, ...given }) =>
    onMessage(event as AskingMessage, { eventId: body.event_id, direct: false }, workspaceOf(given), bot),
  );
  app.event("message", async ({ event, body, ...given }) => {
    if (event.channel_type !== "im") return;
    await onMessage(
      event as AskingMessage,
      { eventId: body.event_id, direct: true },
      workspaceOf(given),
      bot,
    );
  });
  app.event("reaction_added", ({ event, ...given }) => onReaction("added", event, workspaceOf(given), bot));
  app.event("reaction_removed", ({ event, ...given }) =>
    onReaction("removed", event, workspaceOf(given), bot),
  );
  app.action(ACTIONS.feedback, async ({ ack, body, action, ...given }) => {
    await ack();
    await onFeedback(body, action, workspaceOf(given), bot);
  });
}
