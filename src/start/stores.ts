/** The database, and where the vectors are. */
import { createPgvectorIndex } from "../adapters/pgvector/pgvector-index.ts";
import { openDatabase } from "../adapters/prisma/database.ts";
import { createEventBook } from "../adapters/prisma/event-book.ts";
import { createKnowledgeStore } from "../adapters/prisma/knowledge-store.ts";
import { createLedger } from "../adapters/prisma/ledger.ts";
import { createPeopleBook } from "../adapters/prisma/people-book.ts";
import { createPostBook } from "../adapters/prisma/post-book.ts";
import { createSettingsStore } from "../adapters/prisma/settings-store.ts";
import { createQdrantIndex } from "../adapters/qdrant/qdrant-index.ts";
import type { Closers } from "../closers.ts";
import type { Config } from "../config.ts";
import type { RebuildableIndex } from "../ports.ts";

export type Stores = Awaited<ReturnType<typeof openStores>>;

/** Opens the database and what stands in it. Throws RoraError `unavailable`. */
export async function openStores({ data }: Pick<Config, "data">, closers: Closers) {
  const database = await openDatabase({ url: data.databaseUrl, folder: data.folder });
  closers.add(() => database.close());
  return {
    database,
    store: createKnowledgeStore(database.client),
    index: data.qdrant === null ? createPgvectorIndex(database.sql) : openQdrant(data.qdrant),
    ledger: createLedger(database.client),
    people: createPeopleBook(database.client),
    posts: createPostBook(database.client),
    events: createEventBook(database.client),
    settings: createSettingsStore(database.client),
  };
}

/** The index on a Qdrant server, which is not asked before it is used. */
export function openQdrant(qdrant: NonNullable<Config["data"]["qdrant"]>): RebuildableIndex {
  return createQdrantIndex(qdrant);
}
