/**
 * Words as sparse vectors, so that Qdrant scores them by BM25 (Robertson & Zaragoza 2009):
 *
 *   score = Σ over the question's terms  idf(t) · f · (k1 + 1) / (f + k1 · (1 − b + b · length / average))
 *
 * The right factor depends on the passage alone and is stored; each term of the question weighs 1; Qdrant multiplies by
 * idf(t) = ln(1 + (N − n + 0.5) / (n + 0.5)) while it searches (`modifier: idf`), over all points of a collection.
 * A term is a Porter stem, hashed to 32 bits: among a million terms some hundred share their number with another, which
 * only blurs those.
 */
import { stemmer } from "stemmer";
import { foldedName } from "../../domain/text.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** Repeating a word counts less and less. Both constants are the usual ones, Lucene's and Qdrant's own. */
const K1 = 1.2;
/** How much a long passage is held against it, 0…1. */
const B = 0.75;
/** Terms of an average passage. Fixed, since a moving average would make every stored weight stale. */
const AVERAGE_LENGTH = 64;
/** Most characters of a passage and of a question that are read, as in PostgreSQL. */
const LONGEST_TEXT = 50_000;
const LONGEST_QUESTION = 20_000;

export interface SparseVector {
  /** 32-bit numbers, each once, ascending. */
  readonly indices: number[];
  readonly values: number[];
}

/** A passage's words; null when it has none. */
export function passageVector(text: string): SparseVector | null {
  const terms = termsOf(text.slice(0, LONGEST_TEXT));
  const damping = K1 * (1 - B + (B * terms.length) / AVERAGE_LENGTH);
  return toVector(terms, (frequency) => (frequency * (K1 + 1)) / (frequency + damping));
}

/** A question's words, each of equal weight; null when it has none. */
export function questionVector(text: string): SparseVector | null {
  return toVector(termsOf(text.slice(0, LONGEST_QUESTION)), () => 1);
}

/** Terms as numbers, in order, repeated as often as they occur. */
function termsOf(text: string): number[] {
  return foldedName(text)
    .split(" ")
    .filter((word) => word !== "" && !STOP_WORDS.has(word))
    .map((word) => hash(stemmer(word)));
}

function toVector(terms: readonly number[], weight: (frequency: number) => number): SparseVector | null {
  if (terms.length === 0) return null;
  const frequencies = new Map<number, number>();
  for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const entries = [...frequencies].sort(([left], [right]) => left - right);
  return {
    indices: entries.map(([term]) => term),
    values: entries.map(([, frequency]) => weight(frequency)),
  };
}

/** FNV-1a over UTF-16 code units, as an unsigned 32-bit number. */
function hash(word: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    state = Math.imul(state ^ word.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}
