/** Small blocks. Texts are our own, or made safe. Pure. */
import type { types } from "@slack/bolt";
import { LIMITS } from "./limits.ts";
import type { Block } from "./slack.ts";

export const plain = (text: string, limit: number = LIMITS.section) => ({
  type: "plain_text" as const,
  text: text.length <= limit ? text : `${text.slice(0, limit - 1)}…`,
});

/** `verbatim`: Slack makes no links and mentions of its own. */
export const mrkdwn = (text: string) => ({
  type: "mrkdwn" as const,
  text: text.slice(0, LIMITS.section),
  verbatim: true,
});

export function section(text: string, accessory?: types.SectionBlockAccessory): Block {
  return { type: "section", text: mrkdwn(text), ...(accessory === undefined ? {} : { accessory }) };
}

export function context(...lines: readonly string[]): Block {
  return { type: "context", elements: lines.map(mrkdwn) };
}

/** Slack takes none without words for who does not see it. */
export function picture(fileId: string, alt: string): types.ImageElement {
  const words = plain(alt, LIMITS.alternativeText).text;
  return { type: "image", slack_file: { id: fileId }, alt_text: words.trim() === "" ? "…" : words };
}

export function button(
  action_id: string,
  words: string,
  value: string,
  more: Partial<types.Button> = {},
): types.Button {
  return { type: "button", action_id, text: plain(words, LIMITS.buttonText), value, ...more };
}
