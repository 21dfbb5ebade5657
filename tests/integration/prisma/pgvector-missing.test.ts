import { PGlite } from "@electric-sql/pglite";
import { expect, it } from "vitest";
import { createPgvectorIndex } from "../../../src/adapters/pgvector/pgvector-index.ts";

it("a server without pgvector makes the index say what to install", async () => {
  const pglite = await PGlite.create();
  const query = async <Row>(text: string, parameters: readonly unknown[] = []) =>
    (await pglite.query<Row>(text, [...parameters])).rows;
  const index = createPgvectorIndex({
    query,
    transaction: (work) => work({ query }),
    maintain: async (text) => void (await pglite.exec(text)),
  });
  await expect(index.prepare({ encoderId: "encoder-1", dimension: 4 })).rejects.toMatchObject({
    name: "RoraError",
    code: "unavailable",
    message: expect.stringMatching(/has no pgvector\. Install it .* QDRANT_URL/),
  });
  await pglite.close();
});
