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
