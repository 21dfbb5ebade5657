/** Faults → a plain sentence for the person. Pure. */
import { RoraError } from "../../src/errors.ts";
import type { CommonTexts } from "./texts/english.ts";

export interface Failure {
  /** One or two sentences of ours; nobody is mentioned. */
  readonly sentence: string;
  /** A fault of ours or of what we stand on, to be logged with its cause. */
  readonly unexpected: boolean;
}

export function failureOf(error: unknown, texts: Pick<CommonTexts, "failed">): Failure {
  const known = error instanceof RoraError ? error : null;
  return {
    sentence: known === null ? texts.failed : unmentioned(known.message),
    unexpected: known === null || (known.code === "unavailable" && known.cause !== undefined),
  };
}

/** Our own sentences may hold commands and channels, but never names of others unguarded. */
function unmentioned(sentence: string): string {
  return sentence.replaceAll("@", "@\u200B");
}
