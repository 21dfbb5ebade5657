/** Runs the answering model and reads the source it names: `[2] Central African CFA franc`, or `[0]` for "not in here". */
import type { AnswerModel, GeneratedToken, PromptMessage } from "../ports.ts";

/** Names the item an answer begins with; [0] is the model's way of saying that no item holds the answer. */
const LEADING_LABEL = /^\s*\[(\d+)\]/;
/** Leading labels, several if need be, and at the end what could still become one: none of it may be shown. */
const LEADING_LABELS = /^\s*(\[\d+\]\s*)*(\[\d*$)?/;

export interface GeneratedAnswer {
  /** Without leading labels; empty when the model said that no item holds the answer. */
  readonly text: string;
  /** Label the model began with; null when it named none. */
  readonly named: number | null;
  /** Geometric mean of the token probabilities, 0…1. */
  readonly probability: number;
}

/** Streams the answer's words to `onText`, without leading labels; the pieces together are the answer's text. */
export async function generateAnswer(
  model: AnswerModel,
  messages: readonly PromptMessage[],
  options: {
    readonly maximumTokens: number;
    readonly signal: AbortSignal;
    readonly onText: (text: string) => void;
  },
): Promise<GeneratedAnswer> {
  let raw = "";
  let text = "";
  let named: number | null = null;
  const logProbabilities: number[] = [];
  for await (const token of model.generate(messages, options)) {
    raw += token.text;
    logProbabilities.push(token.logProbability);
    const label = LEADING_LABEL.exec(raw);
    named = label === null ? null : Number(label[1]);
    // Whatever would follow rests on nothing.
    if (named === 0) break;
    // Blanks at the end wait until it is known whether words follow.
    const longer = raw.replace(LEADING_LABELS, "").trimEnd();
    if (longer.length > text.length) options.onText(longer.slice(text.length));
    text = longer;
  }
  return { text, named, probability: geometricMean(logProbabilities) };
}

function geometricMean(logProbabilities: readonly GeneratedToken["logProbability"][]): number {
  if (logProbabilities.length === 0) return 0;
  return Math.exp(logProbabilities.reduce((sum, value) => sum + value, 0) / logProbabilities.length);
}
