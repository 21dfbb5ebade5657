/** Which evidence an answer rests on. */
import type { Evidence } from "../domain/evidence.ts";
import type { Citation } from "../domain/reply.ts";

/** Least share of the answer's words that a passage must hold to be its source when the model named none. */
const LEAST_OVERLAP = 0.6;

/**
 * Attributes the whole answer to the evidence it came from: the item the model began with, if that item's passage or
 * title holds the answer's words; else the item that holds most of them. Empty when none does.
 */
export function attributeCitations(
  text: string,
  named: number | null,
  evidence: readonly Evidence[],
): Citation[] {
  if (text === "") return [];
  const supported = evidence
    .map((item) => ({ item, overlap: overlap(text, `${item.entity.title} ${item.passage.text}`) }))
    .sort((left, right) => right.overlap - left.overlap || right.item.relevance - left.item.relevance);
  const claimed = supported.find(({ item }) => item.label === named);
  const best = claimed !== undefined && claimed.overlap >= LEAST_OVERLAP ? claimed : supported[0];
  if (best === undefined || best.overlap < LEAST_OVERLAP) return [];
  return [{ label: best.item.label, start: 0, end: text.length }];
}

/** Share of the answer's words that occur in the source, 0…1. */
function overlap(answer: string, source: string): number {
  const words = split(answer);
  const known = new Set(split(source));
  return words.filter((word) => known.has(word)).length / Math.max(1, words.length);
}

/** Words and signs ("$", "+"); punctuation stands in every passage and proves nothing. */
function split(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+|\p{S}/gu) ?? []
  );
}
