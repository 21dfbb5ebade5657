/** Where retrieval and vision meet: the pictures of candidates, how well they match, and which of their patches are shown. */
import type { PromptItem } from "./answering/prompt.ts";
import type { Candidate, Evidence } from "./domain/evidence.ts";
import type { DecodedImage, EncodedImage, ImageNotice, PromptPicture, RelevanceMap } from "./domain/image.ts";
import type { TokenCount } from "./domain/reply.ts";
import type { PictureEncoder } from "./picture-encoder.ts";
import type { ImageDecoder, ImageEncoder } from "./ports.ts";
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
  readonly query: PromptPicture | null;
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

/** What was noticed while reading a picture, and that it will only be seen as a whole, if so. */
export function noticesOf(
  image: DecodedImage,
  { patches }: Pick<ImageEncoder, "patches">,
): readonly ImageNotice[] {
  if (patches.kind === "patches") return image.notices;
  const text = "The picture is compared as a whole: the model in use does not tell its parts apart.";
  return [...image.notices, { kind: "unrefined", text }];
}

export interface PictureAskedAbout {
  readonly picture: DecodedImage;
  readonly image: EncodedImage;
  readonly map: RelevanceMap;
}

/** Chooses what is shown of every picture in the prompt; `decoder` reads the evidence's, should the model want pixels. */
export function refinePrompt(
  evidence: readonly Evidence[],
  pictures: EncodedPictures,
  query: PictureAskedAbout | null,
  options: RefinementOptions & { readonly decoder: ImageDecoder },
): RefinedPrompt {
  const queryPatches = query === null ? [] : keptPatches(query.image, query.map.kept);
  const items = evidence.map((item) => {
    const { entityImage } = item;
    const image = pictures.get(entityImage?.id ?? "");
    if (entityImage === null || image === undefined || query === null) {
      return { evidence: item, picture: null };
    }
    const map = refineRetrieved(image, queryPatches, options);
    const picture = promptPicture(image, map, () => options.decoder.decode(entityImage));
    return { evidence: { ...item, keptPatches: map.kept }, picture };
  });
  const asked = query === null ? null : promptPicture(query.image, query.map, async () => query.picture);
  return {
    items,
    query: asked,
    counts: { query: countOf([asked]), retrieved: countOf(items.map(({ picture }) => picture)) },
  };
}

function promptPicture(
  image: EncodedImage,
  map: RelevanceMap,
  decode: PromptPicture["decode"],
): PromptPicture {
  return { tokens: image.features === null ? null : visualTokens(image, map.kept), map, decode };
}

function countOf(pictures: readonly (PromptPicture | null)[]): TokenCount {
  const maps = pictures.flatMap((picture) => picture?.map ?? []);
  return {
    total: maps.reduce((sum, { rows, columns }) => sum + rows * columns, 0),
    kept: maps.reduce((sum, { kept }) => sum + kept.length, 0),
  };
}
