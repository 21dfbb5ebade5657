import { describe, expect, test } from "vitest";
import type { Entity } from "../../../src/domain/knowledge.ts";
import type { ImageHit, KnowledgeIndex, KnowledgeStore } from "../../../src/ports.ts";
import { findLookAlikes, findMentioned } from "../../../src/retrieval/entities.ts";
import { entity, entityImage } from "../../support/hand-made.ts";

/** An index that finds `hits`, and a store that knows `entities` and mentions those whose title the text holds. */
function knowledge(hits: readonly ImageHit[], entities: readonly Entity[]) {
  const known = (ids: readonly string[]) => ids.flatMap((id) => entities.find((one) => one.id === id) ?? []);
  const index: Pick<KnowledgeIndex, "searchImages"> = {
    searchImages: async ({ limit }) => hits.slice(0, limit),
  };
  const store: Pick<KnowledgeStore, "entities" | "images" | "firstImages" | "mentioned"> = {
    entities: async (ids) => known(ids),
    images: async (ids) => known(ids.map((id) => id.replace("/flag", ""))).map(({ id }) => entityImage(id)),
    firstImages: async (ids) => known(ids).map(({ id }) => entityImage(id)),
    mentioned: async ({ text }) => entities.filter(({ title }) => text.includes(title)),
  };
  return {
    index: index as KnowledgeIndex,
    store: store as KnowledgeStore,
    tenants: ["public"],
    limit: 8,
  };
}

const hit = (entityId: string, similarity: number): ImageHit => ({
  entityId,
  imageId: `${entityId}/flag`,
  similarity,
});
const query = Float32Array.of(1, 0);

describe("look-alikes", () => {
  test("carry rank and margin: how far the first is ahead, and how far the others are behind", async () => {
    const search = knowledge(
      [hit("chad", 0.9), hit("romania", 0.85), hit("andorra", 0.5)],
      [entity("chad"), entity("romania"), entity("andorra")],
    );
    const found = await findLookAlikes(query, search);
    expect(found.map(({ entity, rank, similarity }) => [entity.id, rank, similarity])).toEqual([
      ["chad", 1, 0.9],
      ["romania", 2, 0.85],
      ["andorra", 3, 0.5],
    ]);
    for (const [index, margin] of [0.05, -0.05, -0.4].entries())
      expect(found[index]!.margin).toBeCloseTo(margin, 9);
    expect(found[0]!.entityImage).toEqual(entityImage("chad"));
  });

  test("that are the only one are ahead of nobody", async () => {
    expect((await findLookAlikes(query, knowledge([hit("chad", 0.9)], [entity("chad")])))[0]!.margin).toBe(0);
  });

  test("that the store no longer knows are left out, and neither take a rank nor count for a margin", async () => {
    const search = knowledge(
      [hit("gone", 0.95), hit("chad", 0.9), hit("romania", 0.7)],
      [entity("chad"), entity("romania")],
    );
    const found = await findLookAlikes(query, search);
    expect(found.map(({ entity, rank }) => [entity.id, rank])).toEqual([
      ["chad", 1],
      ["romania", 2],
    ]);
    expect(found[0]!.margin).toBeCloseTo(0.2, 9);
    expect(found[1]!.margin).toBeCloseTo(-0.2, 9);
  });

  test("may be none", async () => {
    expect(await findLookAlikes(query, knowledge([], []))).toEqual([]);
  });
});

describe("entities by name", () => {
  const search = knowledge([], [entity("chad", "Chad"), entity("peru", "Peru")]);

  test("are those the text mentions, without scores by picture", async () => {
    expect(await findMentioned("What is the capital of Peru?", "chad", search)).toEqual([
      {
        entity: entity("peru", "Peru"),
        entityImage: entityImage("peru"),
        similarity: null,
        rank: null,
        margin: null,
      },
    ]);
  });

  test("are the one spoken of before where the text names none", async () => {
    const found = await findMentioned("And its neighbours?", "chad", search);
    expect(found.map(({ entity }) => entity.id)).toEqual(["chad"]);
  });

  test("are none where nothing was spoken of", async () => {
    expect(await findMentioned("And its neighbours?", null, search)).toEqual([]);
  });
});
