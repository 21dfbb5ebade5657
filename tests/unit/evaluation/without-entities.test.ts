import { expect, test } from "vitest";
import { withoutEntities } from "../../../src/evaluation/without-entities.ts";
import type { KnowledgeIndex } from "../../../src/ports.ts";

const entities = ["chad", "romania", "andorra", "moldova"];

/** An index in which every entity has one picture and one passage, in this order; it notes what was asked. */
function index() {
  const asked: { entityIds: readonly string[] }[] = [];
  const parts: Pick<KnowledgeIndex, "searchImages" | "searchPassages" | "counts"> = {
    searchImages: async ({ limit }) =>
      entities.slice(0, limit).map((entityId) => ({ entityId, imageId: entityId, similarity: 1 })),
    async searchPassages(query) {
      asked.push(query);
      return entities.map((entityId) => ({
        passageId: entityId,
        entityId,
        dense: 1,
        lexical: 1,
        fused: 1,
        recovered: true,
      }));
    },
    counts: async () => ({ images: 4, passages: 4 }),
  };
  return { index: parts as KnowledgeIndex, asked };
}

test("hidden entities are not found, and others take their places", async () => {
  const hiding = withoutEntities(index().index, ["chad", "andorra"]);
  const found = await hiding.searchImages({ tenants: [], embedding: new Float32Array(1), limit: 2 });
  expect(found.map(({ entityId }) => entityId)).toEqual(["romania", "moldova"]);
});

test("their passages are found by neither branch", async () => {
  const { index: whole, asked } = index();
  const query = {
    tenants: [],
    text: "",
    embedding: new Float32Array(1),
    entityIds: ["chad", "romania"],
    perEntity: 1,
    unfiltered: 4,
  };
  const found = await withoutEntities(whole, ["chad"]).searchPassages(query);
  expect(found.map(({ entityId }) => entityId)).toEqual(["romania", "andorra", "moldova"]);
  expect(asked[0]!.entityIds).toEqual(["romania"]);
});

test("everything else is the index's own", async () => {
  expect(await withoutEntities(index().index, ["chad"]).counts()).toEqual({ images: 4, passages: 4 });
});
