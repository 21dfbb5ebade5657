/** Cutting texts where a reader would. Pure. */

/**
 * The text up to the last sentence, else the last word, that ends within `limit` characters; `whole` tells whether that is all of it.
 */
export function cutAtSentence(
  text: string,
  limit: number,
): { readonly text: string; readonly whole: boolean } {
  if (text.length <= limit) return { text, whole: true };
  const head = text.slice(0, limit - 1);
  const sentence = Math.max(...[". ", "! ", "? ", "。", "\n"].map((mark) => head.lastIndexOf(mark)));
  const end = sentence > limit / 3 ? sentence + 1 : Math.max(head.lastIndexOf(" "), limit / 2);
  // Half of a character, or a backslash that has lost what it guards, would spoil what follows.
  const kept = head.slice(0, end).replace(/[\uD800-\uDBFF\\\s]+$/, "");
  return { text: `${kept}…`, whole: false };
}

/** The sentence of a passage that shares most words with an answer. */
export function carryingSentence(passage: string, answer: string): string {
  const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  const wanted = words(answer);
  const shared = (sentence: string) => [...words(sentence)].filter((word) => wanted.has(word)).length;
  const sentences = passage.match(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*/g) ?? [passage];
  return sentences.reduce((best, next) => (shared(next) > shared(best) ? next : best)).trim();
}
