/** Thumbs on an answer, given and taken back; also on answers from before the start. */
import { askerOf } from "../chat/asker.ts";
import { verdictOf } from "../chat/feedback.ts";
import type { Bot } from "./bot.ts";
import { messageId } from "./ids.ts";
import type { Workspace } from "./workspace.ts";

/** Slack names reactions in words: https://docs.slack.dev/reference/events/reaction_added */
const EMOJI: Readonly<Record<string, string>> = { "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎" };

export interface Reaction {
  readonly user: string;
  readonly reaction: string;
  readonly item: { readonly type: string; readonly channel?: string; readonly ts?: string };
}

export async function onReaction(
  change: "added" | "removed",
  { user, reaction, item }: Reaction,
  { tenant, botUserId }: Workspace,
  { options }: Bot,
): Promise<void> {
  // In any colour of skin: `+1::skin-tone-3`.
  const verdict = verdictOf(EMOJI[reaction.split("::")[0]!] ?? null);
  if (verdict === null || user === botUserId || item.channel === undefined || item.ts === undefined) return;
  const post = await options.posts.byMessage("slack", messageId(item.channel, item.ts));
  if (post === null || post.tenant !== tenant) return;
  const rater = askerOf(tenant, user, options.pseudonymKey);
  if (change === "added") await options.ledger.recordFeedback(post.interactionId, rater, { verdict });
  else await options.ledger.withdrawFeedback(post.interactionId, rater, verdict);
}
