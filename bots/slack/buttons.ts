/** What can be pressed below an answer. The value names its interaction, which is looked up: a restart changes nothing. Pure. */
import { button, plain } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import type { Block } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

/** Names of the actions, as they come back. */
export const ACTIONS = {
  feedback: "feedback",
  wrong: "wrong",
  why: "why",
  askOn: "ask-on",
  more: "more",
} as const;

const UNHELPFUL = "unhelpful:";

export function answerButtons(
  interactionId: string,
  { cut, texts }: { readonly cut: boolean; readonly texts: Texts },
): Block[] {
  const label = (words: string) => ({
    text: plain(words, LIMITS.buttonText),
    accessibility_label: words.slice(0, LIMITS.accessibilityLabel),
  });
  return [
    {
      type: "context_actions",
      elements: [
        {
          type: "feedback_buttons",
          action_id: ACTIONS.feedback,
          positive_button: { ...label(texts.helpful), value: interactionId },
          negative_button: { ...label(texts.unhelpful), value: `${UNHELPFUL}${interactionId}` },
        },
      ],
    },
    {
      type: "actions",
      elements: [
        button(ACTIONS.wrong, texts.wrong, interactionId),
        button(ACTIONS.why, texts.why, interactionId),
        button(ACTIONS.askOn, texts.askOn, interactionId),
        ...(cut ? [button(ACTIONS.more, texts.more, interactionId)] : []),
      ],
    },
  ];
}

/** What the value of a feedback button says. */
export function readVerdict(value: string): {
  readonly verdict: "helpful" | "unhelpful";
  readonly id: string;
} {
  return value.startsWith(UNHELPFUL)
    ? { verdict: "unhelpful", id: value.slice(UNHELPFUL.length) }
    : { verdict: "helpful", id: value };
}
