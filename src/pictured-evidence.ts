/** Where retrieval and vision meet: the pictures of candidates, how well they match, and which of their patches are shown. */
import type { PromptItem } from "./answering/prompt.ts";
import type { Candidate, Evidence } from "./domain/evidence.ts";
import type { EncodedImage, RelevanceMap, VisualTokens } from "./domain/image.ts";
import type { TokenCount } from "./domain/reply.ts";
import type { PictureEncoder } from "./picture-encoder.ts";
import {
  keptPatches,
  patchSimilarity,
  type RefinementOptions,
  refineRetrieved,
  visualTokens,
} from "./vision/refinement.ts";

/** Encodings by entity image id. */
export type EncodedPictures = ReadonlyMap<string, EncodedImage>;

export interface RefinedPrompt {
  readonly items: readonly PromptItem[];
  readonly query: VisualTokens | null;
  readonly counts: { readonly query: TokenCount; readonly retrieved: TokenCount };
}

/** Encodes the picture of every candidate entity. */
export async function encodePictures(
  candidates: readonly Candidate[],
  encodePicture: PictureEncoder,
): Promise<EncodedPictures> {
  const pictures = new Map(
    candidates.flatMap(({ entityImage }) =>
      entityImage === null ? [] : [[entityImage.id, entityImage] as const],
    ),
  );
  const encoded = await Promise.all(
    [...pictures].map(async ([id, picture]) => [id, await encodePicture(picture)] as const),
  );
  return new Map(encoded);
}

/** Adds to each candidate how well its picture matches the query's kept patches. */
export function withPatchScores(
  candidates: readonly Candidate[],
  pictures: EncodedPictures,
  queryPatches: readonly Float32Array[],
): Candidate[] {
  if (queryPatches.length === 0) return [...candidates];
  const scoreByPicture = new Map(
    [...pictures].map(([id, picture]) => [id, patchSimilarity(queryPatches, picture)] as const),
  );
  return candidates.map((candidate) => ({
    ...candidate,
    scores: { ...candidate.scores, patch: scoreByPicture.get(candidate.entityImage?.id ?? "") ?? null },
  }));
}

/** Chooses the visual tokens of every picture in the prompt. */
export function refinePrompt(
  evidence: readonly Evidence[],
  pictures: EncodedPictures,
  query: { readonly image: EncodedImage; readonly map: RelevanceMap } | null,
  options: RefinementOptions,
): RefinedPrompt {
  const queryPatches = query === null ? [] : keptPatches(query.image, query.map.kept);
  const items = evidence.map((item) => {
    const picture = pictures.get(item.entityImage?.id ?? "");
    if (picture === undefined || picture.features === null || queryPatches.length === 0) {
      return { evidence: item, visualTokens: null };
    }
    const kept = refineRetrieved(picture, queryPatches, options);
    return { evidence: { ...item, keptPatches: kept }, visualTokens: visualTokens(picture, kept) };
  });
  const shown =
    query !== null && query.image.features !== null ? visualTokens(query.image, query.map.kept) : null;
  return {
    items,
    query: shown,
    counts: { query: countOf([shown]), retrieved: countOf(items.map((item) => item.visualTokens)) },
  };
}

function countOf(tokens: readonly (VisualTokens | null)[]): TokenCount {
  const present = tokens.filter((item) => item !== null);
  return {
    total: present.reduce((sum, item) => sum + item.total, 0),
    kept: present.reduce((sum, item) => sum + item.patches.length, 0),
  };
}
