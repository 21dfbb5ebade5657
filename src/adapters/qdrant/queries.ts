/** The searches as Qdrant's requests, and their answers as ranks. Every one is limited to the tenants passed. */
import type { Schemas } from "@qdrant/js-client-rest";
import type { RankedPassage } from "../../domain/fusion.ts";
import type { ImageHit } from "../../ports.ts";
import { questionVector } from "./lexical.ts";
import { DENSE, LEXICAL, type PointPayload } from "./points.ts";

/** Passages that each ranking gives at least; fusion needs more than are asked for. */
const RANKING_DEPTH = 50;
/** Passages each ranking of the filtered branch gives for every entity, so that one with many does not crowd out others. */
const DEPTH_PER_ENTITY = 50;

/**
 * Candidates come from the vectors quantised to a byte a number: twice as many as wanted, then scored again by the
 * original vectors. Qdrant does neither by itself for scalar quantisation; similarities would be off by a hundredth, and
 * some look-alikes missing (docs/decisions.md).
 */
const RESCORED: Schemas["SearchParams"] = { quantization: { rescore: true, oversampling: 2 } };

type Filter = Schemas["Filter"];
type Hit = Schemas["ScoredPoint"];

/** Points of these tenants and, when given, of these entities. */
function filterOf(tenants: readonly string[], entityIds?: readonly string[]): Filter {
  const anyOf = (key: keyof PointPayload, values: readonly string[]) => ({
    key,
    match: { any: [...values] },
  });
  return {
    must: [anyOf("tenant", tenants), ...(entityIds === undefined ? [] : [anyOf("entity_id", entityIds)])],
  };
}

export function ofEntity(entityId: string): Filter {
  return { must: [{ key: "entity_id" satisfies keyof PointPayload, match: { value: entityId } }] };
}

export function imageQuery(tenants: readonly string[], embedding: Float32Array, limit: number) {
  return {
    query: [...embedding],
    filter: filterOf(tenants),
    params: RESCORED,
    group_by: "entity_id" satisfies keyof PointPayload,
    group_size: 1,
    limit,
    with_payload: true,
  };
}

/** Most similar first, equals by id, so that the same search gives the same list. */
export function imageHits({ groups }: Schemas["GroupsResult"]): ImageHit[] {
  return groups
    .flatMap(({ hits }) => hits)
    .map((hit) => {
      const { id, entity_id } = payloadOf(hit);
      return { entityId: entity_id, imageId: id, similarity: hit.score };
    })
    .sort((left, right) => right.similarity - left.similarity || (left.entityId < right.entityId ? -1 : 1));
}

export interface PassageQuestion {
  readonly tenants: readonly string[];
  readonly text: string;
  readonly embedding: Float32Array;
}

/** The branch limited to entities. Its depth is fixed: fusion decides which of an entity's passages are the best. */
export function passagesOfEntities(
  question: PassageQuestion,
  entityIds: readonly string[],
): Schemas["QueryRequest"][] {
  return rankings(question, filterOf(question.tenants, entityIds), DEPTH_PER_ENTITY * entityIds.length);
}

/** The branch that searches everywhere, and of which `wanted` hits are kept. */
export function passagesAnywhere(question: PassageQuestion, wanted: number): Schemas["QueryRequest"][] {
  return rankings(question, filterOf(question.tenants), Math.max(RANKING_DEPTH, 2 * wanted));
}

/** A dense search, and a lexical one where the question has words. */
function rankings({ text, embedding }: PassageQuestion, filter: Filter, limit: number) {
  const common = { filter, limit, with_payload: true };
  const dense = { ...common, query: [...embedding], using: DENSE, params: RESCORED };
  const words = questionVector(text);
  return words === null ? [dense] : [dense, { ...common, query: words, using: LEXICAL }];
}

/** Joins a branch's answers. */
export function rankedPassages(dense: readonly Hit[], lexical: readonly Hit[]): RankedPassage[] {
  const denseRanks = ranksOf(dense);
  const lexicalRanks = ranksOf(lexical);
  const ids = new Map([...dense, ...lexical].map((hit) => [payloadOf(hit).id, payloadOf(hit).entity_id]));
  return [...ids].map(([passageId, entityId]) => ({
    passageId,
    entityId,
    dense: denseRanks.get(passageId)?.score ?? null,
    denseRank: denseRanks.get(passageId)?.rank ?? null,
    lexical: lexicalRanks.get(passageId)?.score ?? null,
    lexicalRank: lexicalRanks.get(passageId)?.rank ?? null,
  }));
}

function ranksOf(hits: readonly Hit[]): Map<string, { readonly score: number; readonly rank: number }> {
  const ordered = hits
    .map((hit) => ({ id: payloadOf(hit).id, score: hit.score }))
    .sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1));
  return new Map(ordered.map(({ id, score }, index) => [id, { score, rank: index + 1 }]));
}

function payloadOf(hit: Hit): PointPayload {
  return hit.payload as unknown as PointPayload;
}
