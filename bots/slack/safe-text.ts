/** Text of others in our messages: shown as it is written, never as formatting, mentions or links. Pure. */

/** Breaks marks that Slack would act on, without changing what a reader sees. */
const INVISIBLE = "\u200B";

/** Words without line breaks and without characters that hide or turn text around. */
function plainWords(text: string): string {
  return text
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Marks that make a mention of a word, and addresses that would become links by themselves. */
function unlinked(text: string): string {
  return text
    .replaceAll("@", `@${INVISIBLE}`)
    .replaceAll("://", `:${INVISIBLE}//`)
    .replace(/(\p{L})\.(?=\p{L}{2})/gu, `$1.${INVISIBLE}`);
}

/**
 * For mrkdwn (texts of messages and blocks): nobody is mentioned, nothing is linked, no formatting begins, no emoji appears.
 * Slack has no escapes for its formatting, so that marks are set apart from what they would stand at.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function safeText(text: string): string {
  return unlinked(entities(plainWords(text)))
    .replace(/[*_~`]/g, `${INVISIBLE}$&${INVISIBLE}`)
    .replace(/:(?=[\w+-]+:)/g, `:${INVISIBLE}`)
    .replace(/^(&gt;|[•-])/, `${INVISIBLE}$1`);
}

/** The same for Markdown, which answers are streamed in. */
export function safeMarkdown(text: string): string {
  return unlinked(entities(plainWords(text)))
    .replace(/[\\*_~`|[\]()#!]/g, "\\$&")
    .replace(/:(?=[\w+-]+:)/g, `:${INVISIBLE}`)
    .replace(/^(&gt;|[+-]|\d+\.)/, `${INVISIBLE}$1`);
}

/** The text made safe and at most `limit` characters long then, with a word of `cut` where it ends early. */
export function safeWithin(text: string, limit: number, cut: Cut = cutHard): string {
  let length = limit;
  for (;;) {
    const safe = safeText(cut(text, length));
    if (safe.length <= limit || length <= 1) return safe.slice(0, limit);
    // Escaping makes longer what it escapes: as much shorter as it became too long.
    length = Math.max(1, Math.min(length - 1, Math.floor((length * limit) / safe.length)));
  }
}

export type Cut = (text: string, length: number) => string;

const cutHard: Cut = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Characters of a link's words and address; a longer address is none, for part of it would lead elsewhere. */
const LINK_WORDS = 150;
const LINK_ADDRESS = 350;

/** A link with our own words; just the words where the address is none that a browser opens. */
export function safeLink(words: string, address: string): string {
  const shown = safeWithin(words, LINK_WORDS) || "…";
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return shown;
  // A bar or a bracket would end the address.
  const href = url.href.replaceAll("|", "%7C").replaceAll(">", "%3E").replaceAll("<", "%3C");
  const escaped = href.replaceAll("&", "&amp;");
  return escaped.length > LINK_ADDRESS ? shown : `<${escaped}|${shown}>`;
}
