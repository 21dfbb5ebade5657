/** A reply as rows: the snapshot a later model learns from. Pure. */
import { createHash } from "node:crypto";
import type { JudgedCandidate } from "../../domain/evidence.ts";
import type { DecodedImage } from "../../domain/image.ts";
import type { Reply } from "../../domain/reply.ts";
import type { Prisma } from "../../generated/prisma/client.ts";

function snapshotRow({ entity, passage }: JudgedCandidate): Prisma.KnowledgeSnapshotCreateManyInput {
  const words = {
    entityId: entity.id,
    tenant: entity.tenant,
    title: entity.title,
    description: entity.description,
    entityUrl: entity.url,
    aliases: [...entity.aliases],
    passageId: passage.id,
    section: passage.section,
    text: passage.text,
    passageUrl: passage.url,
    source: passage.source,
  };
  return { id: createHash("sha256").update(JSON.stringify(words)).digest("hex"), ...words };
}

/** Every candidate with what each stage thought of it, best first, and the words it had. */
export function candidateRows(reply: Reply): {
  snapshots: Prisma.KnowledgeSnapshotCreateManyInput[];
  candidates: Prisma.CandidateCreateManyInput[];
} {
  const unseen = new Map(reply.evidence.map((evidence) => [evidence.passage.id, evidence]));
  const judged = reply.candidates.map((candidate) => {
    const evidence = unseen.get(candidate.passage.id);
    unseen.delete(candidate.passage.id);
    return { candidate, evidence };
  });
  // Evidence is among the candidates; should it ever not be, it is still kept.
  for (const evidence of unseen.values()) judged.push({ candidate: evidence, evidence });
  const cited = new Set(reply.citations.map((citation) => citation.label));
  const snapshots = new Map<string, Prisma.KnowledgeSnapshotCreateManyInput>();
  const candidates = judged.map(({ candidate, evidence }, index) => {
    const snapshot = snapshotRow(candidate);
    snapshots.set(snapshot.id, snapshot);
    const { entityImage, scores } = candidate;
    return {
      interactionId: reply.interactionId,
      rank: index + 1,
      snapshotId: snapshot.id,
      entityImageId: entityImage?.id ?? null,
      entityImageSha256: entityImage?.sha256 ?? null,
      entityImageMediaType: entityImage?.mediaType ?? null,
      entityImageAlt: entityImage?.alt ?? null,
      imageScore: scores.image,
      marginScore: scores.margin,
      imageRank: scores.imageRank,
      textScore: scores.text,
      lexicalScore: scores.lexical,
      fusedScore: scores.fused,
      patchScore: scores.patch,
      recovered: candidate.recovered,
      relevance: candidate.relevance,
      shown: evidence !== undefined,
      label: evidence?.label ?? null,
      cited: evidence !== undefined && cited.has(evidence.label),
      keptPatches: [...(evidence?.keptPatches ?? [])],
    };
  });
  return { snapshots: [...snapshots.values()], candidates };
}

export function citationRows(reply: Reply): Prisma.CitationCreateManyInput[] {
  return reply.citations.map((citation, position) => ({
    interactionId: reply.interactionId,
    position,
    ...citation,
  }));
}

/** The reply's own columns of an interaction. */
export function replyColumns(reply: Reply): Prisma.InteractionUpdateManyMutationInput {
  const { relevanceMap, visualTokens, models, timings } = reply;
  return {
    kind: reply.kind,
    text: reply.text,
    abstentionReason: reply.kind === "abstention" ? reply.reason : null,
    confidence: reply.confidence,
    notices: reply.notices.map(({ kind, text }) => ({ kind, text })),
    mapRows: relevanceMap?.rows ?? null,
    mapColumns: relevanceMap?.columns ?? null,
    mapScores: [...(relevanceMap?.scores ?? [])],
    mapKept: [...(relevanceMap?.kept ?? [])],
    queryTokensTotal: visualTokens.query.total,
    queryTokensKept: visualTokens.query.kept,
    retrievedTokensTotal: visualTokens.retrieved.total,
    retrievedTokensKept: visualTokens.retrieved.kept,
    encoderModel: models.encoder,
    answerModel: models.answer,
    criticModel: models.critic,
    knowledgeVersion: models.knowledge,
    decodeMs: timings.decode,
    encodeMs: timings.encode,
    entitiesMs: timings.entities,
    passagesMs: timings.passages,
    criticMs: timings.critic,
    refineMs: timings.refine,
    generateMs: timings.generate,
    totalMs: timings.total,
  };
}

export function imageColumns(image: DecodedImage): Prisma.InteractionUpdateManyMutationInput {
  return {
    imageSha256: image.sha256,
    imagePerceptualHash: image.perceptualHash,
    imageMediaType: image.mediaType,
    imageWidth: image.width,
    imageHeight: image.height,
  };
}
