import type { Evidence, JudgedCandidate } from "./evidence.ts";
import type { ImageNotice, RelevanceMap } from "./image.ts";

/** Which part of the answer rests on which evidence. */
export interface Citation {
  readonly label: number;
  /** Character offsets in the answer text, [start, end). */
  readonly start: number;
  readonly end: number;
}

/** Versions of everything that shaped a reply. */
export interface ModelVersions {
  readonly encoder: string;
  readonly answer: string;
  readonly critic: string;
  readonly knowledge: string;
}

/** Milliseconds per stage. */
export interface Timings {
  readonly decode: number;
  readonly encode: number;
  readonly entities: number;
  readonly passages: number;
  readonly critic: number;
  readonly refine: number;
  readonly generate: number;
  readonly total: number;
}

export interface TokenCount {
  readonly total: number;
  readonly kept: number;
}

interface ReplyBase {
  readonly interactionId: string;
  readonly conversation: string;
  /** Probability that the reply is right, 0…1. */
  readonly confidence: number;
  /** What went into the prompt, by label. */
  readonly evidence: readonly Evidence[];
  /** Every candidate that was considered, best first, the evidence included. */
  readonly candidates: readonly JudgedCandidate[];
  readonly relevanceMap: RelevanceMap | null;
  readonly visualTokens: { readonly query: TokenCount; readonly retrieved: TokenCount };
  readonly notices: readonly ImageNotice[];
  readonly models: ModelVersions;
  readonly timings: Timings;
}

export interface Answer extends ReplyBase {
  readonly kind: "answer";
  readonly text: string;
  readonly citations: readonly Citation[];
}

export type AbstentionReason = "nothing-relevant" | "not-in-evidence";

/** Not knowing is a value, not a fault. */
export interface Abstention extends ReplyBase {
  readonly kind: "abstention";
  /** A plain sentence: what was seen and what would be needed. */
  readonly text: string;
  readonly reason: AbstentionReason;
  readonly citations: readonly [];
}

export type Reply = Answer | Abstention;
