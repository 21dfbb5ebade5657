/** Which of Slack's events, actions and forms goes to which handler. */
import type { App } from "@slack/bolt";
import type { Bot } from "./bot.ts";
import { ACTIONS } from "./buttons.ts";
import { tenantOf } from "./ids.ts";
import { LEAVING_EVENTS } from "./installing/leaving.ts";
import { onFeedback } from "./on-feedback.ts";
import { type AskingMessage, onMessage } from "./on-message.ts";
import { onReaction } from "./on-reaction.ts";
import type { Work } from "./work.ts";
import { workspaceOf } from "./workspace.ts";

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
