/** Small domain values made by hand, so that every number in a test can be checked on paper. */
import type { Candidate, Evidence, JudgedCandidate, StageScores } from "../../src/domain/evidence.ts";
import type { DecodedImage, EncodedImage, PromptPicture, VisualTokens } from "../../src/domain/image.ts";
import type { Entity, EntityImage, Passage } from "../../src/domain/knowledge.ts";

/** One patch a row of `patches`, in one raster line; features, if any, likewise. The embedding is the first patch. */
export function encodedImage(
  patches: readonly (readonly number[])[],
  features?: readonly (readonly number[])[],
): EncodedImage {
  return {
    embedding: Float32Array.from(patches[0]!),
    patches: Float32Array.from(patches.flat()),
    features: features === undefined ? null : Float32Array.from(features.flat()),
    featureSize: features?.[0]?.length ?? 0,
    dimension: patches[0]!.length,
    grid: { rows: 1, columns: patches.length },
  };
}

/** Two grey pixels under a name. */
export function decodedImage(sha256: string): DecodedImage {
  return {
    sha256,
    perceptualHash: "0".repeat(16),
    pixels: new Uint8Array(6).fill(128),
    width: 2,
    height: 1,
    mediaType: "image/png",
    notices: [],
  };
}

/** A picture of the prompt for models that read tokens; its pixels must not be asked for. */
export function tokenPicture(tokens: VisualTokens | null): PromptPicture {
  return {
    tokens,
    map: { rows: 1, columns: 1, scores: [1], kept: [0] },
    decode: () => Promise.reject(new Error("not implemented")),
  };
}

export function entity(id: string, title = id): Entity {
  return {
    id,
    tenant: "public",
    title,
    description: `${title}.`,
    url: `https://example.org/${id}`,
    aliases: [],
  };
}

export function entityImage(entityId: string): EntityImage {
  const id = `${entityId}/flag`;
  return {
    id,
    entityId,
    sha256: `hash of ${id}`,
    mediaType: "image/png",
    bytes: new Uint8Array(1),
    alt: `Flag of ${entityId}`,
  };
}

export function passage(entityId: string, section: string, text = `${section} of ${entityId}.`): Passage {
  return {
    id: `${entityId}#${section}`,
    entityId,
    section,
    text,
    url: `https://example.org/${entityId}`,
    source: "tests",
  };
}

export const NO_SCORES: StageScores = {
  image: null,
  margin: null,
  imageRank: null,
  text: null,
  lexical: null,
  fused: 0,
  patch: null,
};

export function candidate(
  id: string,
  scores: Partial<StageScores> = {},
  more: Partial<Candidate> = {},
): Candidate {
  return {
    entity: entity(id),
    entityImage: entityImage(id),
    passage: passage(id, "money"),
    scores: { ...NO_SCORES, ...scores },
    recovered: false,
    ...more,
  };
}

export function judged(id: string, relevance: number, more: Partial<JudgedCandidate> = {}): JudgedCandidate {
  return { ...candidate(id, { image: 0.5 }), relevance, ...more };
}

export function evidence(label: number, title: string, text: string, more: Partial<Evidence> = {}): Evidence {
  const id = title.toLowerCase();
  return {
    ...judged(id, 0.9),
    entity: entity(id, title),
    passage: passage(id, "money", text),
    label,
    ...more,
  };
}
