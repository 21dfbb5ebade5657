/** Which records differ from what is stored. */
import { isDeepStrictEqual } from "node:util";
import type { Entity, EntityRecord } from "../domain/knowledge.ts";
import type { KnowledgeStore } from "../ports.ts";

/** The records that the store does not hold just so; `known` are the entities it has of them. */
export async function changedRecords(
  records: readonly EntityRecord[],
  known: readonly Entity[],
  store: KnowledgeStore,
): Promise<EntityRecord[]> {
  const [images, passages] = await Promise.all([
    store.images(records.flatMap((record) => record.images.map((image) => image.id))),
    store.passages(records.flatMap((record) => record.passages.map((passage) => passage.id))),
  ]);
  const stored = known.map((entity) =>
    comparable({
      entity,
      images: images.filter((image) => image.entityId === entity.id),
      passages: passages.filter((passage) => passage.entityId === entity.id),
    }),
  );
  return records.filter((record) => !stored.some((other) => isDeepStrictEqual(comparable(record), other)));
}

/** Order of rows and the kind of byte array (Buffer or Uint8Array) say nothing; pictures are compared by their hash. */
function comparable({ entity, images, passages }: EntityRecord) {
  return {
    entity,
    images: images.map(({ bytes: _bytes, ...image }) => image).sort(byId),
    passages: [...passages].sort(byId),
  };
}

function byId(left: { id: string }, right: { id: string }): number {
  return left.id < right.id ? -1 : 1;
}
