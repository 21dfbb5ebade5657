/** What people taught stands nowhere but in the store: an index made anew gets it, and all the rest, from there. */
import type { EntityRecord } from "./domain/knowledge.ts";
import { type IngestOptions, indexHoldsAll, ingest } from "./knowledge/ingest.ts";
import type { Logger } from "./log.ts";
import type { KnowledgeStore } from "./ports.ts";
import { createProgress } from "./progress.ts";

const PAGE = 64;

/** Encodes all that the store holds when the index holds less. The index must be prepared. Returns the number of entities. */
export async function fillIndex(
  options: Omit<IngestOptions, "progress"> & { readonly log: Logger },
): Promise<number> {
  const { store, index, log } = options;
  if (await indexHoldsAll(store, index)) return 0;
  const { entities } = await store.counts();
  const progress = createProgress("Filling the index", log);
  try {
    const { written } = await ingest(everyRecord(store), {
      ...options,
      progress: ({ done }) => progress.update(done, entities),
    });
    return written;
  } finally {
    progress.stop();
  }
}

async function* everyRecord(store: KnowledgeStore): AsyncGenerator<EntityRecord> {
  let page = await store.records({ after: null, limit: PAGE });
  while (page.length > 0) {
    yield* page;
    page = await store.records({ after: page.at(-1)!.entity.id, limit: PAGE });
  }
}
