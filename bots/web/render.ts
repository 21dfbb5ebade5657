/** Reply and events → the JSON of the HTTP interface. Pure: no request, no store. */
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Entity } from "../../src/domain/knowledge.ts";
import type { Reply } from "../../src/domain/reply.ts";
import type { InteractionRecord } from "../../src/ports.ts";
import type { EntitySummaryJson, EventJson, EvidenceJson, InteractionJson, ReplyJson } from "./schemas.ts";

/** Where the small picture of an entity is served. */
function entityImageUrl(entityId: string): string {
  return `/api/entities/${encodeURIComponent(entityId)}/image`;
}

export function renderEntity(entity: Entity, hasImage: boolean): EntitySummaryJson {
  return {
    id: entity.id,
    title: entity.title,
    url: entity.url,
    imageUrl: hasImage ? entityImageUrl(entity.id) : null,
  };
}

/** `citedLabels` is empty while the answer is not yet written. */
function renderEvidence(evidence: Evidence, citedLabels: ReadonlySet<number>): EvidenceJson {
  const { passage, scores } = evidence;
  return {
    label: evidence.label,
    cited: citedLabels.has(evidence.label),
    relevance: evidence.relevance,
    entity: renderEntity(evidence.entity, evidence.entityImage !== null),
    passage: { id: passage.id, section: passage.section, text: passage.text, url: passage.url },
    scores: { image: scores.image, text: scores.text, fused: scores.fused },
  };
}

/** The JSON of `POST /api/ask`. */
export function renderReply(reply: Reply): ReplyJson {
  const citedLabels = new Set(reply.citations.map((citation) => citation.label));
  const map = reply.relevanceMap;
  return {
    interactionId: reply.interactionId,
    kind: reply.kind,
    text: reply.text,
    confidence: reply.confidence,
    ...(reply.kind === "abstention" ? { reason: reply.reason } : {}),
    citations: reply.citations.map(({ label, start, end }) => ({ label, start, end })),
    evidence: reply.evidence.map((evidence) => renderEvidence(evidence, citedLabels)),
    relevanceMap: map && {
      rows: map.rows,
      columns: map.columns,
      scores: [...map.scores],
      kept: [...map.kept],
    },
    visualTokens: { query: { ...reply.visualTokens.query }, retrieved: { ...reply.visualTokens.retrieved } },
    conversation: reply.conversation,
    notices: reply.notices.map(({ kind, text }) => ({ kind, text })),
    models: { ...reply.models },
    timings: { ...reply.timings },
  };
}

/** One event of the stream; its `kind` is also the name of the server-sent event. */
export function renderEvent(event: AssistantEvent): EventJson {
  switch (event.kind) {
    case "queued":
      return { kind: "queued", ahead: event.ahead };
    case "image-read":
      return {
        kind: "image-read",
        width: event.width,
        height: event.height,
        notices: event.notices.map(({ kind, text }) => ({ kind, text })),
      };
    case "entities-found":
      return {
        kind: "entities-found",
        entities: event.entities.map(({ entity, entityImage, similarity }) => ({
          entity: renderEntity(entity, entityImage !== null),
          similarity,
        })),
      };
    case "evidence-chosen":
      return {
        kind: "evidence-chosen",
        evidence: event.evidence.map((evidence) => renderEvidence(evidence, new Set())),
      };
    case "answer-start":
      return { kind: "answer-start" };
    case "answer-delta":
      return { kind: "answer-delta", text: event.text };
    case "answer-end":
      return { kind: "answer-end", reply: renderReply(event.reply) };
  }
}

/** The JSON of `GET /api/interactions/:id`. */
export function renderInteraction(record: InteractionRecord): InteractionJson {
  return {
    interactionId: record.id,
    createdAt: record.createdAt.toISOString(),
    question: record.question,
    reply: renderReply(record.reply),
  };
}
