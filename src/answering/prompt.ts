/**
 * RORA's prompt (section 3.3): each retrieved item as label, picture and words, then the query's picture and
 * the question. Words from outside are neutralised here, so that no passage and no question can pose as another item.
 */
import type { Evidence } from "../domain/evidence.ts";
import type { PromptPicture } from "../domain/image.ts";
import type { PromptMessage, PromptPart } from "../ports.ts";

export interface PromptItem {
  readonly evidence: Evidence;
  /** Null when the entity has no picture, or none was asked about. */
  readonly picture: PromptPicture | null;
}

/** Starts the part that is the question, for people, for large models, and as a token of the starter's. */
export const QUESTION_MARK = "Question:";
export const ANSWER_MARK = "Answer:";

/** Assembles the one user message that asks the question over the evidence. */
export function assemblePrompt(
  items: readonly PromptItem[],
  query: PromptPicture | null,
  question: string,
): readonly PromptMessage[] {
  const content: PromptPart[] = items.flatMap(({ evidence, picture }) => [
    { kind: "text", text: `[${evidence.label}] ${percent(likeness(evidence, query !== null))}` } as const,
    ...shown(picture),
    { kind: "text", text: ` ${neutralise(`${evidence.entity.title}. ${evidence.passage.text}`)}\n` } as const,
  ]);
  content.push({ kind: "text", text: QUESTION_MARK }, ...shown(query), {
    kind: "text",
    text: ` ${neutralise(question)}\n${ANSWER_MARK}`,
  });
  return [{ role: "user", content }];
}

/** Where no picture was asked about, the entity meant was found by its name, which is as alike as can be; others are not. */
function likeness({ scores, recovered }: Evidence, pictured: boolean): number {
  return scores.image ?? (pictured || recovered ? 0 : 1);
}

function shown(picture: PromptPicture | null): PromptPart[] {
  return picture === null ? [] : [{ kind: "image", picture }];
}

/** Image similarity as the model was trained to read it: a whole percentage from 0 to 100. */
export function percent(similarity: number): string {
  return `${Math.round(100 * Math.min(1, Math.max(0, similarity)))}%`;
}

/** Labels, percentages and our own headings, the latter inside a word, too: a tokenizer finds them anywhere. */
const LABEL = /\[\s*(\d+)\s*\]/g;
const PERCENTAGE = /(\d)\s*%/g;
const HEADING = /(question|answer)\s*:/gi;

/** Takes the meaning of a mark from anything in outside text that looks like one, and puts it on one line. */
export function neutralise(text: string): string {
  const plain = withoutMarks(text);
  // What only becomes a mark by Unicode normalisation (full-width letters, say) counts as one: a tokenizer may normalise.
  const folded = plain.normalize("NFKC");
  const safe = withoutMarks(folded) === folded ? plain : withoutMarks(folded);
  return safe.replace(/\s+/g, " ").trim();
}

function withoutMarks(text: string): string {
  return text.replace(LABEL, "($1)").replace(PERCENTAGE, "$1 percent").replace(HEADING, "$1 -");
}
