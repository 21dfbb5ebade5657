import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createPgvectorIndex } from "../../src/adapters/pgvector/pgvector-index.ts";
import { openDatabase } from "../../src/adapters/prisma/database.ts";
import { createKnowledgeStore } from "../../src/adapters/prisma/knowledge-store.ts";
import { atlasRecords } from "../../src/knowledge/atlas/records.ts";
import { ingest } from "../../src/knowledge/ingest.ts";

const folder = await mkdtemp(join(tmpdir(), "rora-ingest-"));
const database = await openDatabase({ folder });
await database.migrate();
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test("the atlas goes into the embedded store and index once, and a second run encodes nothing", async () => {
  const store = createKnowledgeStore(database.client);
  const index = createPgvectorIndex(database.sql);
  let encoded = 0;
  const vector = () => {
    encoded++;
    return new Float32Array([1, 0, 0, 0]);
  };
  const options = {
    store,
    index,
    decoder: {
      decode: async () => ({
        sha256: "",
        perceptualHash: "",
        pixels: new Uint8Array(3),
        width: 1,
        height: 1,
        mediaType: "image/svg+xml",
        notices: [],
      }),
    },
    imageEncoder: {
      id: "test-encoder",
      dimension: 4,
      encode: async () => ({
        embedding: vector(),
        patches: new Float32Array(4),
        features: null,
        featureSize: 0,
        dimension: 4,
        grid: { rows: 1, columns: 1 },
      }),
    },
    textEncoder: { embed: async (texts: readonly string[]) => texts.map(vector) },
  };
  const records = (await atlasRecords()).slice(0, 40);
  expect(await ingest(records, options)).toEqual({ written: 40, unchanged: 0 });
  const passages = records.flatMap((record) => record.passages).length;
  const images = records.flatMap((record) => record.images).length;
  expect(await index.counts()).toEqual({ images, passages });
  encoded = 0;
  expect(await ingest(await atlasRecords().then((all) => all.slice(0, 40)), options)).toEqual({
    written: 0,
    unchanged: 40,
  });
  expect(encoded).toBe(0);
});
