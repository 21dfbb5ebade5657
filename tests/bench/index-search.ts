/**
 * Image search in pgvector: exact against a graph (HNSW), latency and recall, on made-up vectors (look-alikes.ts), in the embedded
 * database or, where DATABASE_URL is set, on that server (in its schema rora_index, which is dropped: give it an empty database).
 * Recall: of the entities exact search returns, the share that the graph returns.
 * Usage: npx tsx tests/bench/index-search.ts [--pictures 10000,100000] [--dimension 192] [--queries 200]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createPgvectorIndex } from "../../src/adapters/pgvector/pgvector-index.ts";
import { openDatabase } from "../../src/adapters/prisma/database.ts";
import { readEnvironment } from "../../src/config.ts";
import { PUBLIC_TENANT } from "../../src/domain/knowledge.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import { createLog } from "../../src/log.ts";
import type { KnowledgeIndex } from "../../src/ports.ts";
import { createProgress } from "../../src/progress.ts";
import { createLookAlikes, PICTURES_PER_ENTITY } from "./look-alikes.ts";
import { machineLine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "10000,100000" },
    dimension: { type: "string", default: "192" },
    queries: { type: "string", default: "200" },
  },
});
const dimension = Number(values.dimension);
const queries = Number(values.queries);
/** As many as the assistant asks for. */
const LIMIT = 8;
const BATCH = 2_000;
const { picture, query } = createLookAlikes(dimension);

console.log(machineLine());
const folder = await mkdtemp(join(tmpdir(), "rora-bench-"));
const database = await openDatabase({ url: readEnvironment().DATABASE_URL, folder });
console.log(`${database.kind} database, ${dimension} dimensions, ${queries} queries, best ${LIMIT} entities`);
const rows = [];
for (const count of values.pictures.split(",").map(Number)) rows.push(...(await measure(count)));
console.table(rows);
await database.close();
await rm(folder, { recursive: true, force: true });

async function measure(count: number) {
  const exact = createPgvectorIndex(database.sql, { exactUpTo: Number.POSITIVE_INFINITY });
  await exact.drop();
  await exact.prepare({ encoderId: "bench", dimension });
  const loading = performance.now();
  const progress = createProgress("Loading", createLog("info"));
  for (let first = 0; first < count; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, offset) => first + offset);
    await exact.put(numbers.map(indexed), []);
    progress.update(first + numbers.length, count);
  }
  progress.stop();
  const loaded = performance.now();
  const truth = await search(exact);

  const graph = createPgvectorIndex(database.sql, { exactUpTo: 0 });
  await graph.prepare({ encoderId: "bench", dimension });
  const building = performance.now();
  // A graph is grown when something is put in.
  await graph.put([indexed(0)], []);
  const built = performance.now();
  const found = await search(graph);
  const recalls = truth.found.map((wanted, number) => {
    const got = new Set(found.found[number]);
    return wanted.filter((entity) => got.has(entity)).length / wanted.length;
  });
  const recall = recalls.reduce((sum, value) => sum + value, 0) / recalls.length;
  await graph.drop();
  return [
    row(count, "exact", (loaded - loading) / 1000, truth.times, 1),
    row(count, "graph", (built - building) / 1000, found.times, recall),
  ];
}

async function search(index: KnowledgeIndex) {
  const times: number[] = [];
  const found: string[][] = [];
  for (let number = 0; number < queries; number++) {
    const embedding = query(number);
    const begun = performance.now();
    const hits = await index.searchImages({ tenants: [PUBLIC_TENANT], embedding, limit: LIMIT });
    times.push(performance.now() - begun);
    found.push(hits.map(({ entityId }) => entityId));
  }
  return { times, found };
}

function indexed(number: number) {
  const entityId = `bench:${Math.floor(number / PICTURES_PER_ENTITY)}`;
  return { imageId: `bench:${number}`, entityId, tenant: PUBLIC_TENANT, embedding: picture(number) };
}

function row(pictures: number, how: string, seconds: number, times: readonly number[], recall: number) {
  const milliseconds = (share: number) => Number(percentile(times, share).toFixed(2));
  return {
    pictures,
    how,
    "load or build s": Number(seconds.toFixed(1)),
    "p50 ms": milliseconds(0.5),
    "p95 ms": milliseconds(0.95),
    recall: Number(recall.toFixed(3)),
  };
}
