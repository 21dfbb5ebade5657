/**
 * RORA's prompt (section 3.3): each retrieved item as label, visual tokens and words, then the query's visual tokens and
 * the question. Words from outside are neutralised here, so that no passage and no question can pose as another item.
 */
import type { Evidence } from "../domain/evidence.ts";
import type { VisualTokens } from "../domain/image.ts";
import type { PromptMessage, PromptPart } from "../ports.ts";

export interface PromptItem {
  readonly evidence: Evidence;
  /** Null when the entity has no picture or the encoder makes no features. */
  readonly visualTokens: VisualTokens | null;
}

/** Starts the part that is the question, for people, for large models, and as a token of the starter's. */
export const QUESTION_MARK = "Question:";
export const ANSWER_MARK = "Answer:";

/** Assembles the one user message that asks the question over the evidence. */
export function assemblePrompt(
  items: readonly PromptItem[],
  query: VisualTokens | null,
  question: string,
): readonly PromptMessage[] {
  const content: PromptPart[] = items.flatMap(({ evidence, visualTokens }) => [
    { kind: "text", text: `[${evidence.label}] ${percent(evidence.scores.image)}` } as const,
    ...picture(visualTokens),
    { kind: "text", text: ` ${neutralise(`${evidence.entity.title}. ${evidence.passage.text}`)}\n` } as const,
  ]);
  content.push(
    { kind: "text", text: QUESTION_MARK },
    ...picture(query),
    { kind: "text", text: ` ${neutralise(question)}\n${ANSWER_MARK}` },
  );
  return [{ role: "user", content }];
}

function picture(tokens: VisualTokens | null): PromptPart[] {
  return tokens === null ? [] : [{ kind: "image", tokens }];
}

/** Image similarity as the model was trained to read it: a whole percentage; 0 when found by words alone. */
export function percent(similarity: number | null): string {
  return `${Math.round(100 * Math.min(1, Math.max(0, similarity ?? 0)))}%`;
}

/** Takes the meaning of a mark from anything in outside text that looks like one: labels, percentages, our own headings. */
export function neutralise(text: string): string {
  return text
    .replace(/\[(\d+)\]/g, "($1)")
    .replace(/(\d)%/g, "$1 percent")
    .replace(/\b(question|answer):/gi, "$1 -")
    .replace(/\s+/g, " ")
    .trim();
}
