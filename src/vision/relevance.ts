/** Which patches matter. Knows nothing of pixels, models or prompts. */
import type { EncodedImage } from "../domain/image.ts";
import { dot, meanOf, row } from "../domain/vectors.ts";

/** Cosine of every patch with a text embedding of the joint space, row-major, −1…1 (RORA-VLM, eq. 4). */
export function relevanceToText(image: EncodedImage, text: Float32Array): number[] {
  return patchRows(image).map((patch) => dot(patch, text));
}

/** s_j = Σ_i x_query,i · x_retrieved,j over the kept query patches, divided by their number (RORA-VLM, eq. 5). */
export function relevanceToPatches(image: EncodedImage, queryPatches: readonly Float32Array[]): number[] {
  // The sum of dot products is the dot product with the sum: one pass instead of m.
  const mean = meanOf(queryPatches, image.dimension);
  return patchRows(image).map((patch) => dot(patch, mean));
}

/** Indices of the `count` highest scores, ascending: raster order, which models with 1-D positions expect. */
export function mostRelevant(scores: readonly number[], count: number): number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .sort((left, right) => right.score - left.score || left.index - right.index)
    .slice(0, count)
    .map(({ index }) => index)
    .sort((left, right) => left - right);
}

/** All patches of a picture, each `dimension` long, without copying. */
export function patchRows(image: EncodedImage): Float32Array[] {
  const count = image.grid.rows * image.grid.columns;
  return Array.from({ length: count }, (_, index) => row(image.patches, index, image.dimension));
}
