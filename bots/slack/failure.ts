/** A sentence that says why there is no answer, with what people can quote. Pure. */
import { failureOf } from "../chat/failure.ts";
import type { Texts } from "./texts/english.ts";

export function withReference(sentence: string, reference: string | null, texts: Texts): string {
  return reference === null ? sentence : `${sentence}\n_${texts.reference(reference)}_`;
}

/** `unexpected`: a fault of ours or of what we stand on, to be logged with its cause. */
export function renderFailure(error: unknown, reference: string, texts: Texts) {
  const { sentence, unexpected } = failureOf(error, texts);
  return { text: withReference(sentence, reference, texts), unexpected };
}
