/** Runs the answering model and reads the source it names: `[2] Central African CFA franc`, or `[0]` for "not in here". */
import type { AnswerModel, GeneratedToken, PromptMessage } from "../ports.ts";

/** Names the item an answer begins with; [0] is the model's way of saying that no item holds the answer. */
const LEADING_LABEL = /^\s*\[(\d+)\]\s*/;
/** What could still become a leading label, so must not be shown yet. */
const MAYBE_LABEL = /^\s*(\[\d*)?$/;

export interface GeneratedAnswer {
  readonly text: string;
  /** Label the model began with; null when it named none. */
  readonly named: number | null;
  /** Geometric mean of the token probabilities, 0…1. */
  readonly probability: number;
}

/** Streams the answer's words to `onText`, without the leading label. */
export async function generateAnswer(
  model: AnswerModel,
  messages: readonly PromptMessage[],
  options: { readonly maximumTokens: number; readonly signal: AbortSignal; readonly onText: (text: string) => void },
): Promise<GeneratedAnswer> {
  let raw = "";
  let shown = "";
  const logProbabilities: number[] = [];
  for await (const token of model.generate(messages, options)) {
    raw += token.text;
    logProbabilities.push(token.logProbability);
    if (MAYBE_LABEL.test(raw)) continue;
    const text = raw.replace(LEADING_LABEL, "").trimEnd();
    if (text.length > shown.length && text.startsWith(shown)) {
      options.onText(text.slice(shown.length));
      shown = text;
    }
  }
  const label = LEADING_LABEL.exec(raw);
  return {
    text: raw.replace(LEADING_LABEL, "").trim(),
    named: label === null ? null : Number(label[1]),
    probability: geometricMean(logProbabilities),
  };
}

function geometricMean(logProbabilities: readonly GeneratedToken["logProbability"][]): number {
  if (logProbabilities.length === 0) return 0;
  return Math.exp(logProbabilities.reduce((sum, value) => sum + value, 0) / logProbabilities.length);
}
