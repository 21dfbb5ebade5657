/** Faults → a plain sentence for the person, with what they can quote. Pure. */
import { RoraError } from "../../src/errors.ts";
import { safeText } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

export interface Failure {
  readonly text: string;
  /** A fault of ours or of what we stand on, to be logged with its cause. */
  readonly unexpected: boolean;
}

export function renderFailure(error: unknown, interactionId: string, texts: Texts): Failure {
  const known = error instanceof RoraError ? error : null;
  const sentence = known === null ? texts.failed : unmentioned(known.message);
  return {
    text: `${sentence}\n-# ${safeText(texts.reference(interactionId))}`,
    unexpected: known === null || (known.code === "unavailable" && known.cause !== undefined),
  };
}

/** Our own sentences may hold commands and channels, but never names of others unguarded. */
function unmentioned(sentence: string): string {
  return sentence.replaceAll("@", "@\u200B");
}
