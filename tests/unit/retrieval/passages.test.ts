import { expect, test } from "vitest";
import type { PassageHit } from "../../../src/domain/fusion.ts";
import type { KnowledgeIndex, KnowledgeStore } from "../../../src/ports.ts";
import { findPassages } from "../../../src/retrieval/passages.ts";
import { entity, entityImage, passage } from "../../support/hand-made.ts";

const chad = {
  entity: entity("chad"),
  entityImage: entityImage("chad"),
  similarity: 0.9,
  rank: 1,
  margin: 0.1,
};

const hit = (entityId: string, section: string, fused: number, recovered = false): PassageHit => ({
  passageId: `${entityId}#${section}`,
  entityId,
  dense: 0.5,
  lexical: null,
  fused,
  recovered,
});

/** An index that finds `hits` and notes what it was asked, and a store that knows all but what is named "gone". */
function knowledge(hits: readonly PassageHit[]) {
  const asked: unknown[] = [];
  const index: Pick<KnowledgeIndex, "searchPassages"> = {
    async searchPassages(query) {
      asked.push(query);
      return [...hits];
    },
  };
  const store: Pick<KnowledgeStore, "passages" | "entities" | "firstImages"> = {
    passages: async (ids) =>
      ids.filter((id) => !id.endsWith("#gone")).map((id) => passage(id.split("#")[0]!, id.split("#")[1]!)),
    entities: async (ids) => ids.filter((id) => id !== "gone").map((id) => entity(id)),
    firstImages: async (ids) => ids.filter((id) => id !== "gone").map(entityImage),
  };
  const search = {
    index: index as KnowledgeIndex,
    store: store as KnowledgeStore,
    tenants: ["public"],
    text: "Which money? chad",
    embedding: Float32Array.of(1),
    perEntity: 2,
    unfiltered: 4,
  };
  return { search, asked };
}

test("a look-alike's passage carries the scores of both stages", async () => {
  const { search, asked } = knowledge([hit("chad", "money", 0.03)]);
  expect(await findPassages([chad], search)).toEqual([
    {
      entity: entity("chad"),
      entityImage: entityImage("chad"),
      passage: passage("chad", "money"),
      recovered: false,
      scores: { image: 0.9, margin: 0.1, imageRank: 1, text: 0.5, lexical: null, fused: 0.03, patch: null },
    },
  ]);
  expect(asked).toMatchObject([
    { text: "Which money? chad", entityIds: ["chad"], perEntity: 2, unfiltered: 4 },
  ]);
});

test("a passage that only the unfiltered branch found brings its entity and picture, but no score by picture", async () => {
  const { search } = knowledge([hit("chad", "money", 0.03), hit("peru", "money", 0.02, true)]);
  const [, recovered] = await findPassages([chad], search);
  expect(recovered).toMatchObject({
    entity: { id: "peru" },
    entityImage: { id: "peru/flag" },
    recovered: true,
    scores: { image: null, margin: null, imageRank: null, fused: 0.02 },
  });
});

test("the order of the index is kept", async () => {
  const { search } = knowledge([
    hit("peru", "land", 0.04, true),
    hit("chad", "money", 0.03),
    hit("chad", "land", 0.02),
  ]);
  const found = await findPassages([chad], search);
  expect(found.map((candidate) => candidate.passage.id)).toEqual(["peru#land", "chad#money", "chad#land"]);
});

test("what the store no longer knows is left out", async () => {
  const { search } = knowledge([
    hit("chad", "gone", 0.03),
    hit("gone", "money", 0.02, true),
    hit("chad", "money", 0.01),
  ]);
  const found = await findPassages([chad], search);
  expect(found.map((candidate) => candidate.passage.id)).toEqual(["chad#money"]);
});
