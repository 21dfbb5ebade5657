/** Saying that one does not know, in words that help. */
import type { JudgedCandidate } from "../domain/evidence.ts";
import type { AbstentionReason } from "../domain/reply.ts";

/** What was seen and what would be needed. */
export function abstentionText(
  reason: AbstentionReason,
  candidates: readonly JudgedCandidate[],
  hasImage: boolean,
): string {
  const names = [
    ...new Set(
      candidates.filter((item) => item.scores.image !== null || !hasImage).map((item) => item.entity.title),
    ),
  ].slice(0, 2);
  const seen = names.length === 0 ? "I found nothing I know" : `The nearest I know is ${names.join(" or ")}`;
  if (reason === "not-in-evidence" && names.length > 0) {
    return `I don't know. ${seen}, but what is written there does not answer the question. Try asking it another way, or about something else.`;
  }
  return hasImage
    ? `I don't know. ${seen}, and I am not sure enough to rely on it. A sharper or closer picture may help.`
    : `I don't know. ${seen}. Add a picture, or name what you are asking about.`;
}
