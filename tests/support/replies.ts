import { createHash } from "node:crypto";
import type { Evidence, JudgedCandidate } from "../../src/domain/evidence.ts";
import type { DecodedImage } from "../../src/domain/image.ts";
import type { EntityRecord } from "../../src/domain/knowledge.ts";
import type { Answer } from "../../src/domain/reply.ts";

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** An entity with one picture and two passages. */
export function entityRecord(
  id: string,
  title: string,
  more: { tenant?: string; aliases?: string[] } = {},
): EntityRecord {
  const bytes = new TextEncoder().encode(`picture of ${id}`);
  return {
    entity: {
      id,
      tenant: more.tenant ?? "public",
      title,
      description: `${title} is a country.`,
      url: `https://example.org/${id}`,
      aliases: more.aliases ?? [],
    },
    images: [
      {
        id: `${id}/flag`,
        entityId: id,
        sha256: sha256(bytes),
        mediaType: "image/svg+xml",
        bytes,
        alt: `Flag of ${title}`,
      },
    ],
    passages: ["Money", "Land"].map((section) => ({
      id: `${id}#${section.toLowerCase()}`,
      entityId: id,
      section,
      text: `${section} of ${title}.`,
      url: `https://example.org/${id}#${section}`,
      source: "tests",
    })),
  };
}

/** Every candidate of some records, scored by their order. */
export function judgedCandidates(records: readonly EntityRecord[]): JudgedCandidate[] {
  const pairs = records.flatMap((record) => record.passages.map((passage) => ({ record, passage })));
  return pairs.map(({ record, passage }, index) => ({
    entity: record.entity,
    entityImage: record.images[0] ?? null,
    passage,
    scores: {
      image: 0.9 - index / 10,
      margin: index === 0 ? 0.05 : -index / 10,
      imageRank: index + 1,
      text: index % 2 === 0 ? 0.5 : null,
      lexical: index % 2 === 0 ? null : 0.25,
      fused: 1 / (60 + index),
      patch: 0.125,
    },
    recovered: index % 3 === 2,
    relevance: 0.9 - index / 10,
  }));
}

/** An answer that rests on the first of the candidates and was shown the third, too. */
export function answer(
  interactionId: string,
  conversation: string,
  candidates: readonly JudgedCandidate[],
): Answer {
  const evidence: Evidence[] = [
    { ...candidates[2]!, label: 1 },
    { ...candidates[0]!, label: 2, keptPatches: [0, 3, 5] },
  ];
  return {
    kind: "answer",
    interactionId,
    conversation,
    text: "The Central African CFA franc.",
    citations: [{ label: 2, start: 4, end: 29 }],
    confidence: 0.75,
    evidence,
    candidates,
    relevanceMap: { rows: 2, columns: 3, scores: [0.1, -0.2, 0.3, 0.4, 0.5, 0.625], kept: [2, 3, 4] },
    visualTokens: { query: { total: 6, kept: 3 }, retrieved: { total: 12, kept: 3 } },
    notices: [{ kind: "downscaled", text: "The picture was made smaller." }],
    models: { encoder: "encoder-1", answer: "model-1", critic: "critic-1", knowledge: "abc" },
    timings: {
      decode: 1,
      encode: 2,
      entities: 3,
      passages: 4,
      critic: 5,
      refine: 6,
      generate: 7,
      total: 28.5,
    },
  };
}

/** What decoding some bytes could have given. */
export function decodedImage(bytes: Uint8Array): DecodedImage {
  return {
    sha256: sha256(bytes),
    perceptualHash: "00ff00ff00ff00ff",
    pixels: new Uint8Array(3),
    width: 640,
    height: 480,
    mediaType: "image/jpeg",
    notices: [],
  };
}
