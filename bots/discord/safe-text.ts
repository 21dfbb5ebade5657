/** Text of others in our messages: shown as it is written, never as formatting, mentions or links. Pure. */

/** Breaks marks that Discord would act on, without changing what a reader sees. */
const INVISIBLE = "\u200B";

/** Passages, titles and answers as plain words: nobody is mentioned, nothing is linked, no formatting begins. */
export function safeText(text: string): string {
  return text
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[\\*_~`|>[\]()#<-]/g, "\\$&")
    .replaceAll("@", `@${INVISIBLE}`)
    .replaceAll("://", `:${INVISIBLE}//`)
    .replace(/(discord)\.(gg|com)/gi, `$1${INVISIBLE}.$2`)
    .replace(/^(\d+)\./, "$1\\.");
}

/** A link with our own words; just the words where the address is none that a browser opens. */
export function safeLink(words: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return safeText(words);
  return `[${safeText(words)}](${url.href.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

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
