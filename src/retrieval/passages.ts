/** Stage 2: what is written about the look-alikes, and what the question finds by itself. */
import type { Candidate } from "../domain/evidence.ts";
import type { PassageHit } from "../domain/fusion.ts";
import type { Tenant } from "../domain/knowledge.ts";
import type { KnowledgeIndex, KnowledgeStore } from "../ports.ts";
import type { EntityHit } from "./entities.ts";

export interface PassageSearch {
  readonly index: KnowledgeIndex;
  readonly store: KnowledgeStore;
  readonly tenants: readonly Tenant[];
  /** Expanded question. */
  readonly text: string;
  /** Its embedding. */
  readonly embedding: Float32Array;
  /** Most passages of one entity. */
  readonly perEntity: number;
  /** Most passages found without regard to stage 1. */
  readonly unfiltered: number;
}

/** Candidates: passages of the look-alikes, and those that only the unfiltered branch found. Fused score descending. */
export async function findPassages(
  entities: readonly EntityHit[],
  search: PassageSearch,
): Promise<Candidate[]> {
  const { index, store, tenants, text, embedding, perEntity, unfiltered } = search;
  const entityIds = entities.map((hit) => hit.entity.id);
  const hits = await index.searchPassages({ tenants, text, embedding, entityIds, perEntity, unfiltered });
  const strangers = [...new Set(hits.map((hit) => hit.entityId))].filter((id) => !entityIds.includes(id));
  const [passages, others, otherImages] = await Promise.all([
    store.passages(hits.map((hit) => hit.passageId)),
    store.entities(strangers),
    store.firstImages(strangers),
  ]);
  const known = new Map<string, EntityHit>(entities.map((hit) => [hit.entity.id, hit]));
  for (const entity of others) {
    const entityImage = otherImages.find((image) => image.entityId === entity.id) ?? null;
    known.set(entity.id, { entity, entityImage, similarity: null, rank: null, margin: null });
  }
  const passageById = new Map(passages.map((passage) => [passage.id, passage]));
  return hits.flatMap((hit) => {
    const passage = passageById.get(hit.passageId);
    const entity = known.get(hit.entityId);
    return passage === undefined || entity === undefined ? [] : candidate(hit, entity, passage);
  });
}

function candidate(hit: PassageHit, found: EntityHit, passage: Candidate["passage"]): Candidate {
  return {
    entity: found.entity,
    entityImage: found.entityImage,
    passage,
    recovered: hit.recovered,
    scores: {
      image: found.similarity,
      margin: found.margin,
      imageRank: found.rank,
      text: hit.dense,
      lexical: hit.lexical,
      fused: hit.fused,
      patch: null,
    },
  };
}
