/** Thumbs on an answer, given and taken back; also on answers from before the start. */
import type { MessageReaction, PartialMessageReaction, PartialUser, User } from "discord.js";
import { askerOf } from "../chat/asker.ts";
import { verdictOf } from "../chat/feedback.ts";
import type { Bot } from "./bot.ts";

export async function onReaction(
  change: "added" | "removed",
  reaction: MessageReaction | PartialMessageReaction,
  user: User | PartialUser,
  { client, options }: Bot,
): Promise<void> {
  const verdict = verdictOf(reaction.emoji.name);
  if (verdict === null || user.id === client.user.id || user.bot === true) return;
  const post = await options.posts.byMessage("discord", reaction.message.id);
  if (post === null) return;
  const rater = askerOf(post.tenant, user.id, options.pseudonymKey);
  if (change === "added") await options.ledger.recordFeedback(post.interactionId, rater, { verdict });
  else await options.ledger.withdrawFeedback(post.interactionId, rater, verdict);
}
