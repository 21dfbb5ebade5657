/** Puts entities into the store and the index. Knows nothing of where records come from. */
import type { Entity, EntityRecord } from "../domain/knowledge.ts";
import { RoraError } from "../errors.ts";
import type { KnowledgeIndex, KnowledgeStore } from "../ports.ts";
import { changedRecords } from "./changes.ts";
import { type Encoders, indexRecords } from "./indexing.ts";

/** Entities encoded and written together; small, so that progress shows and memory stays flat. */
const chunkSize = 16;

export interface IngestOptions extends Encoders {
  readonly store: KnowledgeStore;
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
    const known = await store.entities(chunk.map(({ entity }) => entity.id));
    refuseTaken(chunk, known);
    const changed = indexTrusted ? await changedRecords(chunk, known, store) : chunk;
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
function refuseTaken(chunk: readonly EntityRecord[], known: readonly Entity[]): void {
  const tenants = new Map(chunk.map(({ entity }) => [entity.id, entity.tenant]));
  const taken = known.find((entity) => tenants.get(entity.id) !== entity.tenant);
  if (taken !== undefined)
    throw new RoraError("bad-request", `The id ${taken.id} is taken: choose another one.`);
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
