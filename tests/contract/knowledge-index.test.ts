import { expect, it } from "vitest";
import { createPgvectorIndex } from "../../src/adapters/pgvector/pgvector-index.ts";
import { createQdrantIndex } from "../../src/adapters/qdrant/qdrant-index.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { describeOnEachQdrant } from "../support/qdrant/servers.ts";
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

describeOnEachQdrant("Qdrant index,", (open) => knowledgeIndexContract(open));

describeOnEachQdrant("Qdrant index", (open) => {
  const space = { encoderId: "encoder-1", dimension: DIMENSION };
  const passage = (passageId: string, text: string) => {
    return { passageId, entityId: passageId, tenant: "public", text, embedding: unit(1, 0, 0, 0) };
  };
  const question = { tenants: ["public"], embedding: unit(0, 1, 0, 0), entityIds: [], perEntity: 1 };

  it("holds a rare word for more than a common one", async () => {
    const { index } = await open();
    await index.prepare(space);
    const common = Array.from({ length: 9 }, (_, number) => passage(`common ${number}`, "flag"));
    await index.put([], [...common, passage("rare", "leu")]);
    const hits = await index.searchPassages({ ...question, text: "flag leu", unfiltered: 10 });
    const lexical = Object.fromEntries(hits.map((hit) => [hit.passageId, hit.lexical!]));
    // ln(1 + (10 − 1 + 0.5) / (1 + 0.5)) over ln(1 + (10 − 9 + 0.5) / (9 + 0.5)).
    expect(lexical.rare! / lexical["common 0"]!).toBeCloseTo(
      Math.log(1 + 9.5 / 1.5) / Math.log(1 + 1.5 / 9.5),
      4,
    );
  });

  it("is built anew beside the earlier one, which is searched until then", async () => {
    const { index, options } = await open();
    const neighbour = createQdrantIndex(options);
    await index.build(space, { anew: false }, () => index.put([], [passage("old", "flag")]));
    const seen = async () =>
      (await neighbour.searchPassages({ ...question, text: "flag", unfiltered: 9 })).map(
        (hit) => hit.passageId,
      );
    await index.build({ ...space, encoderId: "encoder-2" }, { anew: true }, async () => {
      await index.put([], [passage("new", "flag")]);
      expect(await seen()).toEqual(["old"]);
    });
    expect(await seen()).toEqual(["new"]);
    expect(await neighbour.space()).toEqual({ ...space, encoderId: "encoder-2" });
  });
});
