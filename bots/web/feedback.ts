/** Keeps what people say of an answer. */
import type { Feedback } from "../../src/domain/feedback.ts";
import type { Asker } from "../../src/domain/question.ts";
import { RoraError } from "../../src/errors.ts";
import type { CoreWebOptions } from "./options.ts";
import { cleanText } from "./receive.ts";
import { feedbackSchema } from "./schemas.ts";

/** Posted JSON (already parsed) → Feedback. Throws RoraError `bad-request` naming the field. */
export function receiveFeedback(body: unknown): Feedback {
  const parsed = feedbackSchema.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") || "the body";
    throw new RoraError("bad-request", `The feedback could not be read: please check ${field}.`);
  }
  const { correctedAnswer, comment, ...rest } = parsed.data;
  return {
    ...rest,
    correctedAnswer: cleanText(correctedAnswer ?? "") || undefined,
    comment: cleanText(comment ?? "") || undefined,
  };
}

/** Stores one verdict. Throws RoraError `not-found` (interaction) or `bad-request` (unknown entity). */
export async function keepFeedback(
  { ledger, store }: Pick<CoreWebOptions, "ledger" | "store">,
  interactionId: string,
  rater: Asker,
  feedback: Feedback,
): Promise<void> {
  const { correctEntityId } = feedback;
  if (correctEntityId !== undefined && (await store.entities([correctEntityId])).length === 0) {
    throw new RoraError("bad-request", "That entity is unknown. Please choose one from the list.");
  }
  if (!(await ledger.recordFeedback(interactionId, rater, feedback))) throw unknownInteraction();
}

export function unknownInteraction(): RoraError {
  return new RoraError("not-found", "There is no such answer. It may have been erased.");
}
