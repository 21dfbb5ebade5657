/** Reactions, buttons and forms → Feedback. Pure. */
import type { Feedback, FeedbackReason, Verdict } from "../../src/domain/feedback.ts";

export const FEEDBACK_REASONS = [
  "wrong-entity",
  "wrong-fact",
  "bad-source",
  "not-understood",
] as const satisfies readonly FeedbackReason[];

/** What a reaction says of an answer, in any colour of skin; null for all that says nothing. */
export function verdictOf(emoji: string | null): Verdict | null {
  const plain = emoji?.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, "");
  if (plain === "👍") return "helpful";
  return plain === "👎" ? "unhelpful" : null;
}

export interface CorrectionFields {
  readonly reason: string | null;
  readonly entity: string | null;
  readonly answer: string;
}

/** `known`: ids of the entities that could be chosen. What is left empty is left out. */
export function receiveCorrection(fields: CorrectionFields, known: readonly string[]): Feedback {
  const reason = FEEDBACK_REASONS.find((name) => name === fields.reason);
  const entity = known.find((id) => id === fields.entity);
  const answer = fields.answer
    .normalize("NFC")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  return {
    verdict: "unhelpful",
    ...(reason === undefined ? {} : { reason }),
    ...(entity === undefined ? {} : { correctEntityId: entity }),
    ...(answer === "" ? {} : { correctedAnswer: answer }),
  };
}
