/** Keeps the starter knowledge in store and index: filled on the first start, left alone while nothing has changed. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { EntityRecord } from "./domain/knowledge.ts";
import { atlasRecords } from "./knowledge/atlas/records.ts";
import { type IngestOptions, ingest } from "./knowledge/ingest.ts";
import type { Logger } from "./log.ts";
import { createProgress } from "./progress.ts";

export interface AtlasOptions extends Omit<IngestOptions, "progress"> {
  /** Where the note of what was ingested is kept. */
  readonly folder: string;
  readonly log: Logger;
}

/** What store and index held when the atlas had last been ingested, and out of what. */
interface AtlasNote {
  readonly atlas: string;
  readonly encoder: string;
  readonly knowledge: string;
  readonly indexed: { readonly images: number; readonly passages: number };
}

/**
 * Makes store and index hold the atlas. When the note of the last time still fits, neither is read through nor anything encoded.
 * The index must be prepared. Returns the number of entities written.
 */
export async function keepAtlas(options: AtlasOptions): Promise<number> {
  const { folder, log, store } = options;
  const records = await atlasRecords();
  const file = join(folder, "atlas.json");
  if (isDeepStrictEqual(await readNote(file), await noteOf(records, options))) return 0;

  if ((await store.counts()).entities === 0) log.info("First start: learning the atlas. This happens once.");
  const progress = createProgress("Learning the atlas", log);
  try {
    const { written } = await ingest(records, {
      ...options,
      progress: ({ done }) => progress.update(done, records.length),
    });
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(await noteOf(records, options)));
    return written;
  } finally {
    progress.stop();
  }
}

async function noteOf(
  records: readonly EntityRecord[],
  { store, index, imageEncoder }: AtlasOptions,
): Promise<AtlasNote> {
  const hash = createHash("sha256");
  // Pictures count by their hash; printing their bytes would take longer than all the rest of a start.
  for (const record of records)
    hash.update(JSON.stringify(record, (key, value) => (key === "bytes" ? undefined : value)));
  return {
    atlas: hash.digest("hex"),
    encoder: imageEncoder.id,
    knowledge: await store.version(),
    indexed: await index.counts(),
  };
}

async function readNote(file: string): Promise<AtlasNote | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as AtlasNote;
  } catch {
    // Missing or damaged: ingesting again finds out what is missing.
    return null;
  }
}
