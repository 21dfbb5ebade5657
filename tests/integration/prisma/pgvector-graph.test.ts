import { afterAll, beforeAll, expect, it } from "vitest";
import { createPgvectorIndex } from "../../../src/adapters/pgvector/pgvector-index.ts";
import { SEARCH_IMAGES } from "../../../src/adapters/pgvector/queries.ts";
import { toVector } from "../../../src/adapters/pgvector/writes.ts";
import { PUBLIC_TENANT } from "../../../src/domain/knowledge.ts";
import { createLookAlikes } from "../../bench/look-alikes.ts";
import { describeOnEachDatabase } from "../../support/databases.ts";

const DIMENSION = 64;
/** Enough that reading them all takes longer than walking a graph. */
const PICTURES = 20_000;
const BATCH = 2_000;

describeOnEachDatabase("many pictures", (open) => {
  const { picture, query } = createLookAlikes(DIMENSION);
  const indexed = (number: number) => ({
    imageId: `image:${number}`,
    entityId: `entity:${number}`,
    tenant: PUBLIC_TENANT,
    embedding: picture(number),
  });

  beforeAll(async () => {
    const index = createPgvectorIndex((await open()).sql, { exactUpTo: PICTURES - 1 });
    await index.drop();
    await index.prepare({ encoderId: "test", dimension: DIMENSION });
    for (let first = 0; first < PICTURES; first += BATCH)
      await index.put(
        Array.from({ length: BATCH }, (_, offset) => indexed(first + offset)),
        [],
      );
  }, 300_000);
  afterAll(async () => createPgvectorIndex((await open()).sql).drop());

  it("are searched by the graph that was built for them", async () => {
    const plan = await (await open()).sql.query<{ "QUERY PLAN": string }>(`explain ${SEARCH_IMAGES}`, [
      [PUBLIC_TENANT],
      toVector(query(1)),
      8,
      80,
    ]);
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("Index Scan using image_embedding");
  });
});
