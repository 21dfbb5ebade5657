import { expect, it } from "vitest";
import { createPgvectorIndex } from "../../src/adapters/pgvector/pgvector-index.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { DIMENSION, knowledgeIndexContract, unit } from "./knowledge-index.contract.ts";

describeOnEachDatabase("pgvector index, exact search,", (openDatabase) => {
  knowledgeIndexContract(async () => {
    const index = createPgvectorIndex((await openDatabase()).sql);
    return { index, clear: () => index.drop() };
  });
});

describeOnEachDatabase("pgvector index, graph search,", (openDatabase) => {
  knowledgeIndexContract(async () => {
    const index = createPgvectorIndex((await openDatabase()).sql, { exactUpTo: 0 });
    return { index, clear: () => index.drop() };
  });
});

describeOnEachDatabase("pgvector index", (openDatabase) => {
  it("builds a graph only when a table outgrows exact search", async () => {
    const { sql } = await openDatabase();
    const index = createPgvectorIndex(sql, { exactUpTo: 2 });
    const graphs = async () =>
      sql.query(`select indexname from pg_indexes where indexdef like '%USING hnsw%'`);
    const put = (...ids: string[]) =>
      index.put(
        ids.map((id) => ({ imageId: id, entityId: id, tenant: "public", embedding: unit(1, 0, 0, 0) })),
        [],
      );
    await index.drop();
    await index.prepare({ encoderId: "encoder-1", dimension: DIMENSION });
    await put("a", "b");
    expect(await graphs()).toEqual([]);
    await put("c");
    expect(await graphs()).toEqual([{ indexname: "image_embedding" }]);
  });
});
