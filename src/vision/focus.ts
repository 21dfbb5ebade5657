/** What retrieval looks at: the whole picture, and more than that what the question is about. */
import type { EncodedImage, RelevanceMap } from "../domain/image.ts";
import { meanOf, norm, normalised } from "../domain/vectors.ts";
import { keptPatches } from "./refinement.ts";
import { mostRelevant } from "./relevance.ts";

export interface FocusOptions {
  /** Patches that count most: those nearest to the question. */
  readonly patches: number;
  /** How many times their mean counts against the global embedding's once; 0 asks with the whole picture alone. */
  readonly weight: number;
}

/**
 * What retrieval asks with: the global embedding and the patches that the question is about, L2-normalised. Of several
 * things in a picture it finds the one asked about, where the paper's global embedding finds any of them
 * (training/starter/evaluate_focus.py).
 */
export function focusEmbedding(
  image: EncodedImage,
  { scores }: RelevanceMap,
  { patches, weight }: FocusOptions,
): Float32Array {
  const focus = meanOf(keptPatches(image, mostRelevant(scores, patches)), image.dimension);
  const scale = weight / (norm(focus) || 1);
  return normalised(image.embedding.map((value, index) => value + scale * focus[index]!));
}
