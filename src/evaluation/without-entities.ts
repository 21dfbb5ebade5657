import type { KnowledgeIndex } from "../ports.ts";

/**
 * The same index as if it did not know some entities: for measuring what happens when the right one is missing. Reading only;
 * asks for as many more hits as could fall away, so that as many come back as without it.
 */
export function withoutEntities(index: KnowledgeIndex, entityIds: readonly string[]): KnowledgeIndex {
  const hidden = new Set(entityIds);
  const visible = <Hit extends { entityId: string }>(hits: readonly Hit[]) =>
    hits.filter((hit) => !hidden.has(hit.entityId));
  return {
    ...index,
    async searchImages(query) {
      const hits = await index.searchImages({ ...query, limit: query.limit + hidden.size });
      return visible(hits).slice(0, query.limit);
    },
    async searchPassages(query) {
      const entities = query.entityIds.filter((id) => !hidden.has(id));
      return visible(await index.searchPassages({ ...query, entityIds: entities }));
    },
  };
}
