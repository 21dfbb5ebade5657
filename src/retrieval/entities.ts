/** Stage 1: which known entities look like the picture. */
import type { Entity, EntityImage, Tenant } from "../domain/knowledge.ts";
import type { KnowledgeIndex, KnowledgeStore } from "../ports.ts";

export interface EntityHit {
  readonly entity: Entity;
  readonly entityImage: EntityImage | null;
  /** Cosine similarity with the query, −1…1; null when found by name. */
  readonly similarity: number | null;
  /** 1-based rank by similarity; null when found by name. */
  readonly rank: number | null;
  /** Similarity minus that of the best other entity; 0 for the only one; null when found by name. */
  readonly margin: number | null;
}

interface Search {
  readonly index: KnowledgeIndex;
  readonly store: KnowledgeStore;
  readonly tenants: readonly Tenant[];
  readonly limit: number;
}

/** Look-alike entities of a global image embedding, most similar first. */
export async function findLookAlikes(embedding: Float32Array, search: Search): Promise<EntityHit[]> {
  const { index, store, tenants, limit } = search;
  const hits = await index.searchImages({ tenants, embedding, limit });
  const [entities, images] = await Promise.all([
    store.entities(hits.map((hit) => hit.entityId)),
    store.images(hits.map((hit) => hit.imageId)),
  ]);
  const entityById = new Map(entities.map((entity) => [entity.id, entity]));
  const imageById = new Map(images.map((image) => [image.id, image]));
  // An index may be a moment ahead of the store while knowledge changes; what has no words cannot be used.
  const known = hits.flatMap((hit) => {
    const entity = entityById.get(hit.entityId);
    return entity === undefined ? [] : { ...hit, entity };
  });
  const best = known[0]?.similarity ?? 0;
  const second = known[1]?.similarity ?? best;
  return known.map(({ entity, imageId, similarity }, position) => ({
    entity,
    entityImage: imageById.get(imageId) ?? null,
    similarity,
    rank: position + 1,
    margin: similarity - (position === 0 ? second : best),
  }));
}

/** Entities by name, for a question without a picture: those the text mentions, else the one spoken of before. */
export async function findMentioned(
  text: string,
  remembered: string | null,
  search: Search,
): Promise<EntityHit[]> {
  const { store, tenants, limit } = search;
  const mentioned = await store.mentioned({ tenants, text, limit });
  const entities =
    mentioned.length > 0 || remembered === null ? mentioned : await store.entities([remembered]);
  const images = await store.firstImages(entities.map((entity) => entity.id));
  return entities.map((entity) => ({
    entity,
    entityImage: images.find((image) => image.entityId === entity.id) ?? null,
    similarity: null,
    rank: null,
    margin: null,
  }));
}
