/** Figures with their uncertainty. Pure. */

export interface Share {
  readonly hits: number;
  readonly count: number;
  /** hits / count, 0…1; NaN when nothing was counted. */
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile of a 95 % interval. */
const Z = 1.959964;

/** A share with Wilson's score interval (1927), which holds for small counts and shares near 0 or 1, too. */
export function shareOf(outcomes: readonly boolean[]): Share {
  const count = outcomes.length;
  const hits = outcomes.filter(Boolean).length;
  const value = hits / count;
  if (count === 0) return { hits, count, value, low: 0, high: 1 };
  const denominator = 1 + Z ** 2 / count;
  const centre = (value + Z ** 2 / (2 * count)) / denominator;
  const half = (Z / denominator) * Math.sqrt((value * (1 - value)) / count + Z ** 2 / (4 * count ** 2));
  return { hits, count, value, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The value below which a share of the values lies, interpolated between neighbours; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Whether an answer is one of those accepted, without case, punctuation, articles and extra blanks (as InfoSeek and SQuAD
 * compare). Symbols stay: "$" and "+372" are answers.
 */
export function exactMatch(answer: string, accepted: readonly string[]): boolean {
  const plain = plainAnswer(answer);
  return accepted.some((other) => plainAnswer(other) === plain);
}

function plainAnswer(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{P}+/gu, "")
    .replace(/\b(a|an|the)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain === "" ? text.trim() : plain;
}
