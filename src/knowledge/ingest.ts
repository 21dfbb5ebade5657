/** Puts entities into the store and the index. Knows nothing of where records come from. */
import { isDeepStrictEqual } from "node:util";
import type { Entity, EntityRecord } from "../domain/knowledge.ts";
import { RoraError } from "../errors.ts";
import type {
  ImageDecoder,
  ImageEncoder,
  IndexedImage,
  IndexedPassage,
  KnowledgeIndex,
  KnowledgeStore,
  TextEncoder,
} from "../ports.ts";

/** Entities encoded and written together; small, so that progress shows and memory stays flat. */
const chunkSize = 16;
const textBatchSize = 64;

export interface IngestOptions {
  readonly store: KnowledgeStore;
  readonly index: KnowledgeIndex;
  readonly decoder: ImageDecoder;
  readonly imageEncoder: ImageEncoder;
  readonly textEncoder: TextEncoder;
  /** Called after each entity; `total` is null when the records come as a stream. */
  readonly progress?: (state: { done: number; total: number | null; entity: Entity }) => void;
  /** Checked between chunks; what is finished stays. */
  readonly signal?: AbortSignal;
}

export interface IngestResult {
  /** Entities that were new or had changed. */
  readonly written: number;
  /** Entities found unchanged in store and index. */
  readonly unchanged: number;
}

/**
 * Ingests records; run again, it does only what is missing. An entity goes into the index first and into the store
 * last: what the store holds unchanged is therefore indexed, and a run that was killed in between is mended by the next.
 * Throws RoraError `unavailable` when the index was built by another encoder, `bad-request` when an
 * id belongs to another tenant, and the signal's reason when aborted.
 */
export async function ingest(
  records: readonly EntityRecord[] | AsyncIterable<EntityRecord>,
  options: IngestOptions,
): Promise<IngestResult> {
  const { store, index, imageEncoder } = options;
  await index.prepare({ encoderId: imageEncoder.id, dimension: imageEncoder.dimension });
  const total = Array.isArray(records) ? records.length : null;
  const indexTrusted = await indexHoldsAll(store, index);
  const state = { written: 0, unchanged: 0 };
  for await (const chunk of chunks(records)) {
    options.signal?.throwIfAborted();
    await refuseTaken(chunk, store);
    const stored = indexTrusted ? await storedRecords(chunk, store) : [];
    const changed = chunk.filter(
      (record) => !stored.some((other) => isDeepStrictEqual(comparable(record), other)),
    );
    await indexRecords(changed, options);
    for (const record of chunk) {
      const differed = await store.put(record);
      // Only the store sees that an entity has lost a passage or a picture.
      if (differed && !changed.includes(record)) await indexRecords([record], options);
      if (differed || changed.includes(record)) state.written++;
      else state.unchanged++;
      options.progress?.({ done: state.written + state.unchanged, total, entity: record.entity });
    }
  }
  return state;
}

/** False when the index was emptied or rebuilt behind the store: then nothing in the store proves anything. */
export async function indexHoldsAll(store: KnowledgeStore, index: KnowledgeIndex): Promise<boolean> {
  const [stored, indexed] = await Promise.all([store.counts(), index.counts()]);
  return indexed.images >= stored.images && indexed.passages >= stored.passages;
}

/** Before anything is indexed: an id of another tenant must not reach the index, which would hand it over. */
async function refuseTaken(chunk: readonly EntityRecord[], store: KnowledgeStore): Promise<void> {
  const tenants = new Map(chunk.map(({ entity }) => [entity.id, entity.tenant]));
  const known = await store.entities([...tenants.keys()]);
  const taken = known.find((entity) => tenants.get(entity.id) !== entity.tenant);
  if (taken !== undefined)
    throw new RoraError("bad-request", `The id ${taken.id} is taken: choose another one.`);
}

async function storedRecords(chunk: readonly EntityRecord[], store: KnowledgeStore) {
  const [entities, images, passages] = await Promise.all([
    store.entities(chunk.map((record) => record.entity.id)),
    store.images(chunk.flatMap((record) => record.images.map((image) => image.id))),
    store.passages(chunk.flatMap((record) => record.passages.map((passage) => passage.id))),
  ]);
  return entities.map((entity) =>
    comparable({
      entity,
      images: images.filter((image) => image.entityId === entity.id),
      passages: passages.filter((passage) => passage.entityId === entity.id),
    }),
  );
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

async function indexRecords(records: readonly EntityRecord[], options: IngestOptions): Promise<void> {
  if (records.length === 0) return;
  const [images, passages] = await Promise.all([
    encodeImages(records, options),
    encodePassages(records, options),
  ]);
  for (const { entity } of records) await options.index.removeEntity(entity.id);
  await options.index.put(images, passages);
}

function encodeImages(
  records: readonly EntityRecord[],
  { decoder, imageEncoder }: IngestOptions,
): Promise<IndexedImage[]> {
  const images = records.flatMap(({ entity, images }) => images.map((image) => ({ entity, image })));
  return Promise.all(
    images.map(async ({ entity, image }) => {
      const { embedding } = await imageEncoder.encode(await decoder.decode(image));
      return { imageId: image.id, entityId: entity.id, tenant: entity.tenant, embedding };
    }),
  );
}

async function encodePassages(
  records: readonly EntityRecord[],
  { textEncoder }: IngestOptions,
): Promise<IndexedPassage[]> {
  const passages = records.flatMap(({ entity, passages }) =>
    passages.map((passage) => ({ entity, passage })),
  );
  const embeddings: Float32Array[] = [];
  for (let start = 0; start < passages.length; start += textBatchSize) {
    const batch = passages.slice(start, start + textBatchSize);
    embeddings.push(
      ...(await textEncoder.embed(batch.map(({ entity, passage }) => `${entity.title}. ${passage.text}`))),
    );
  }
  return passages.map(({ entity, passage }, position) => ({
    passageId: passage.id,
    entityId: entity.id,
    tenant: entity.tenant,
    text: `${entity.title}. ${passage.section}. ${passage.text}`,
    embedding: embeddings[position]!,
  }));
}

async function* chunks(
  records: readonly EntityRecord[] | AsyncIterable<EntityRecord>,
): AsyncGenerator<EntityRecord[]> {
  let chunk: EntityRecord[] = [];
  for await (const record of records) {
    chunk.push(record);
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
