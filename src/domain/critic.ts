/** What the relevance critic looks at and how it weighs it: applied by retrieval, fitted by retraining. */

/** Features of a candidate, in the order of the weights; src/retrieval/critic.ts computes them. */
export const FEATURES = [
  "image",
  "margin",
  "reciprocalRank",
  "patch",
  "patchMargin",
  "text",
  "textMargin",
  "lexical",
  "agreement",
  "recovered",
  "hasImage",
] as const;

export interface CriticWeights {
  /** Names the fit; kept with every interaction. */
  readonly version: string;
  /** One weight a feature of FEATURES, in order, for standardised values. */
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly bias: number;
  /** Least relevance that reaches the prompt. */
  readonly threshold: number;
}
