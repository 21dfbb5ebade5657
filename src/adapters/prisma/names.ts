/** Finding entities' names in a question. Pure; the database only answers which of some names exist. */
import { foldedName } from "../../domain/text.ts";

/** Words of the longest name worth looking for ("South Georgia and the South Sandwich Islands" has seven). */
const LONGEST_NAME = 10;
/** Characters of a text that are looked at; no question is longer. */
const LONGEST_TEXT = 10_000;
/** Up to so many letters a name is an abbreviation, and must be written as its source writes it. */
const ABBREVIATION = 3;

/** A stretch of a text, [start, end); in words where not said otherwise. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface KnownName {
  readonly entityId: string;
  readonly folded: string;
  readonly written: string;
}

/** Scripts without blanks between words: telling where one ends takes a dictionary, which the segmenter has. */
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** Where the words of a folded text are, [start, end) in characters. */
function wordBounds(folded: string): Span[] {
  const bounds: Span[] = [];
  for (const { 0: piece, index } of folded.matchAll(/[^ ]+/g)) {
    if (!WITHOUT_BLANKS.test(piece)) {
      bounds.push({ start: index, end: index + piece.length });
      continue;
    }
    for (const { segment, index: within } of segmenter.segment(piece)) {
      bounds.push({ start: index + within, end: index + within + segment.length });
    }
  }
  return bounds;
}

/** Every run of words of a text that could be a name, folded, with where it occurs. */
export function possibleNames(text: string): Map<string, Span[]> {
  const folded = foldedName(text.slice(0, LONGEST_TEXT));
  const words = wordBounds(folded);
  const names = new Map<string, Span[]>();
  for (let start = 0; start < words.length; start++) {
    for (let end = start + 1; end <= Math.min(words.length, start + LONGEST_NAME); end++) {
      const name = folded.slice(words[start]!.start, words[end - 1]!.end);
      const spans = names.get(name);
      if (spans === undefined) names.set(name, [{ start, end }]);
      else spans.push({ start, end });
    }
  }
  return names;
}

function isWrittenIn(written: string, text: string): boolean {
  const escaped = written.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "u").test(text);
}

/**
 * Ids of the entities a text names, longest name first. A name that only occurs inside longer ones does not count
 * ("Guinea" in "Papua New Guinea"); several entities of one name all do.
 */
export function entitiesNamed(
  text: string,
  names: ReadonlyMap<string, readonly Span[]>,
  known: readonly KnownName[],
): string[] {
  const candidates = known
    .filter((name) => name.folded.length > ABBREVIATION || isWrittenIn(name.written, text))
    .sort(
      (left, right) => right.folded.length - left.folded.length || (left.entityId < right.entityId ? -1 : 1),
    );
  const covered: (Span & { folded: string })[] = [];
  const found = new Set<string>();
  for (const { entityId, folded } of candidates) {
    const free = (names.get(folded) ?? []).filter(
      (span) => !covered.some((by) => by.folded !== folded && by.start <= span.start && span.end <= by.end),
    );
    if (free.length === 0) continue;
    found.add(entityId);
    covered.push(...free.map((span) => ({ ...span, folded })));
  }
  return [...found];
}
