import type { Entity, EntityImage, Passage } from "./knowledge.ts";

/** Scores a candidate collected on its way; null where a stage did not see it. */
export interface StageScores {
  /** Cosine similarity of query image and entity image, −1…1. */
  readonly image: number | null;
  /** `image` minus the best other entity's `image`: how far ahead (or, negative, behind) it is. */
  readonly margin: number | null;
  /** 1-based rank among entities by image. */
  readonly imageRank: number | null;
  /** Cosine similarity of expanded question and passage, −1…1. */
  readonly text: number | null;
  /** Lexical score of the store (ts_rank or BM25); comparable only within one answer. */
  readonly lexical: number | null;
  /** Reciprocal-rank fusion of the dense and lexical ranks. */
  readonly fused: number;
  /** Mean over kept query patches of the best cosine with the entity image's patches, −1…1. */
  readonly patch: number | null;
}

/** An entity and one of its passages, not yet judged. */
export interface Candidate {
  readonly entity: Entity;
  readonly entityImage: EntityImage | null;
  readonly passage: Passage;
  readonly scores: StageScores;
  /** True when only the unfiltered branch of passage search found it. */
  readonly recovered: boolean;
}

/** A candidate with the critic's verdict. */
export interface JudgedCandidate extends Candidate {
  /** Probability that entity and passage both fit, 0…1. */
  readonly relevance: number;
}

/** A judged candidate that went into the prompt. */
export interface Evidence extends JudgedCandidate {
  /** 1-based position in the prompt; what a citation names. */
  readonly label: number;
  /** Patches of the entity image that went into the prompt, ascending; left out when it stood there as text alone. */
  readonly keptPatches?: readonly number[] | undefined;
}
