/** Query-oriented visual token refinement (RORA-VLM, section 3.2): fewer, better visual tokens. */
import type { EncodedImage, RelevanceMap, VisualTokens } from "../domain/image.ts";
import { dot, row } from "../domain/vectors.ts";
import { mostRelevant, patchRows, relevanceToPatches, relevanceToText } from "./relevance.ts";

export interface RefinementOptions {
  /** Patches of the query image kept as visual tokens; `Infinity` keeps all. */
  readonly keepQuery: number;
  /** Patches of each retrieved image kept as visual tokens; `Infinity` keeps all. */
  readonly keepRetrieved: number;
}

/** Keeps the query patches nearest to the question (the plain one: expansion would pull towards names). */
export function refineQuery(
  image: EncodedImage,
  question: Float32Array,
  options: RefinementOptions,
): RelevanceMap {
  const scores = relevanceToText(image, question);
  return { ...image.grid, scores, kept: mostRelevant(scores, options.keepQuery) };
}

/** Keeps the patches of a retrieved image nearest to the kept query patches. */
export function refineRetrieved(
  image: EncodedImage,
  query: readonly Float32Array[],
  options: RefinementOptions,
): RelevanceMap {
  const scores = relevanceToPatches(image, query);
  return { ...image.grid, scores, kept: mostRelevant(scores, options.keepRetrieved) };
}

/** The kept patches of a picture, each `dimension` long. */
export function keptPatches(image: EncodedImage, kept: readonly number[]): Float32Array[] {
  return kept.map((index) => row(image.patches, index, image.dimension));
}

/** Mean over the kept query patches of the best cosine with any patch of the other image, −1…1. */
export function patchSimilarity(query: readonly Float32Array[], image: EncodedImage): number {
  const patches = patchRows(image);
  const best = query.map((patch) =>
    patches.reduce((highest, other) => Math.max(highest, dot(patch, other)), -1),
  );
  return best.reduce((sum, value) => sum + value, 0) / Math.max(1, best.length);
}

/** Copies the features of the kept patches out of one encoding pass. Throws when the encoder made none. */
export function visualTokens(image: EncodedImage, kept: readonly number[]): VisualTokens {
  if (image.features === null) throw new TypeError("this encoder makes no features for the answering model");
  const features = new Float32Array(kept.length * image.featureSize);
  kept.forEach((patch, position) => {
    features.set(row(image.features!, patch, image.featureSize), position * image.featureSize);
  });
  return {
    patches: kept,
    features,
    featureSize: image.featureSize,
    total: image.grid.rows * image.grid.columns,
  };
}
