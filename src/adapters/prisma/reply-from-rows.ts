/** A kept reply as it was given. Pure. */
import type { Evidence, JudgedCandidate } from "../../domain/evidence.ts";
import type { ImageNotice, RelevanceMap } from "../../domain/image.ts";
import type { AbstentionReason, Reply } from "../../domain/reply.ts";
import type { Prisma } from "../../generated/prisma/client.ts";

/** What must be read with an interaction to have all of its reply. */
export const REPLY_PARTS = {
  candidates: { include: { snapshot: true }, orderBy: { rank: "asc" } },
  citations: { orderBy: { position: "asc" } },
} as const satisfies Prisma.InteractionInclude;

export type InteractionWithParts = Prisma.InteractionGetPayload<{ include: typeof REPLY_PARTS }>;
type CandidateWithSnapshot = InteractionWithParts["candidates"][number];

function toCandidate(row: CandidateWithSnapshot, pictures: ReadonlyMap<string, Uint8Array>): JudgedCandidate {
  const { snapshot } = row;
  const bytes = row.entityImageSha256 === null ? undefined : pictures.get(row.entityImageSha256);
  return {
    entity: {
      id: snapshot.entityId,
      tenant: snapshot.tenant,
      title: snapshot.title,
      description: snapshot.description,
      url: snapshot.entityUrl,
      aliases: snapshot.aliases,
    },
    entityImage:
      bytes === undefined
        ? null
        : {
            id: row.entityImageId!,
            entityId: snapshot.entityId,
            sha256: row.entityImageSha256!,
            mediaType: row.entityImageMediaType!,
            bytes,
            alt: row.entityImageAlt!,
          },
    passage: {
      id: snapshot.passageId,
      entityId: snapshot.entityId,
      section: snapshot.section,
      text: snapshot.text,
      url: snapshot.passageUrl,
      source: snapshot.source,
    },
    scores: {
      image: row.imageScore,
      margin: row.marginScore,
      imageRank: row.imageRank,
      text: row.textScore,
      lexical: row.lexicalScore,
      fused: row.fusedScore,
      patch: row.patchScore,
    },
    recovered: row.recovered,
    relevance: row.relevance,
  };
}

function toRelevanceMap(row: InteractionWithParts): RelevanceMap | null {
  if (row.mapRows === null || row.mapColumns === null) return null;
  return { rows: row.mapRows, columns: row.mapColumns, scores: row.mapScores, kept: row.mapKept };
}

/** The reply of a completed interaction. `pictures`: bytes of entity images by hash. */
export function toReply(row: InteractionWithParts, pictures: ReadonlyMap<string, Uint8Array>): Reply {
  const candidates = row.candidates.map((candidate) => toCandidate(candidate, pictures));
  const evidence = row.candidates
    .flatMap(({ label, keptPatches }, index): Evidence[] => {
      if (label === null) return [];
      return [{ ...candidates[index]!, label, ...(keptPatches.length > 0 && { keptPatches }) }];
    })
    .sort((left, right) => left.label - right.label);
  const base = {
    interactionId: row.id,
    conversation: row.conversationId,
    confidence: row.confidence!,
    evidence,
    candidates,
    relevanceMap: toRelevanceMap(row),
    visualTokens: {
      query: { total: row.queryTokensTotal!, kept: row.queryTokensKept! },
      retrieved: { total: row.retrievedTokensTotal!, kept: row.retrievedTokensKept! },
    },
    notices: row.notices as unknown as ImageNotice[],
    models: {
      encoder: row.encoderModel!,
      answer: row.answerModel!,
      critic: row.criticModel!,
      knowledge: row.knowledgeVersion!,
    },
    timings: {
      decode: row.decodeMs!,
      encode: row.encodeMs!,
      entities: row.entitiesMs!,
      passages: row.passagesMs!,
      critic: row.criticMs!,
      refine: row.refineMs!,
      generate: row.generateMs!,
      total: row.totalMs!,
    },
    text: row.text!,
  };
  if (row.kind === "abstention") {
    return { ...base, kind: "abstention", reason: row.abstentionReason as AbstentionReason, citations: [] };
  }
  const citations = row.citations.map(({ label, start, end }) => ({ label, start, end }));
  return { ...base, kind: "answer", citations };
}
