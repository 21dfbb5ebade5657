import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IndexedImage, IndexedPassage, KnowledgeIndex } from "../../src/ports.ts";

export const DIMENSION = 4;

/** A unit vector from any four numbers. */
export function unit(...numbers: [number, number, number, number]): Float32Array {
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (number) => number / length);
}

const image = (
  imageId: string,
  entityId: string,
  embedding: Float32Array,
  tenant = "public",
): IndexedImage => {
  return { imageId, entityId, tenant, embedding };
};
const passage = (
  passageId: string,
  text: string,
  embedding: Float32Array,
  tenant = "public",
): IndexedPassage => ({ passageId, entityId: passageId.split("#")[0]!, tenant, text, embedding });

const EAST = unit(1, 0, 0, 0);
const NORTH = unit(0, 1, 0, 0);
const UP = unit(0, 0, 1, 0);
const AWAY = unit(0, 0, 0, 1);

const PASSAGES = [
  passage(
    "country:td#money",
    "Chad. Money. People in Chad pay with the Central African CFA franc.",
    unit(1, 0.1, 0, 0),
  ),
  passage("country:td#people", "Chad. People. The people of Chad are called Chadians.", unit(0.2, 1, 0, 0)),
  passage("country:td#land", "Chad. Land. Chad is 1,284,000 square kilometres large.", unit(0, 0.3, 1, 0)),
  passage("country:ro#money", "Romania. Money. People in Romania pay with the leu.", unit(1, 0.2, 0, 0)),
  passage("country:ro#people", "Romania. People. They are called Romanians.", unit(0.1, 1, 0.1, 0)),
  passage("country:ci#name", "Côte d'Ivoire. Names. Its capital is Yamoussoukro.", unit(0, 0, 0.2, 1)),
];

/** What every KnowledgeIndex must do. `open` gives an index, and `clear` to remove all of it, the space included. */
export function knowledgeIndexContract(
  open: () => Promise<{ index: KnowledgeIndex; clear(): Promise<void> }>,
): void {
  let opened: Awaited<ReturnType<typeof open>>;
  let index: KnowledgeIndex;
  const space = { encoderId: "encoder-1", dimension: DIMENSION };

  beforeAll(async () => {
    opened = await open();
    index = opened.index;
  });
  beforeEach(async () => {
    await opened.clear();
    await index.prepare(space);
  });

  const searchPassages = (more: Partial<Parameters<KnowledgeIndex["searchPassages"]>[0]>) =>
    index.searchPassages({
      tenants: ["public"],
      text: "which money do people pay with",
      embedding: EAST,
      entityIds: [],
      perEntity: 2,
      unfiltered: 3,
      ...more,
    });

  describe("preparing", () => {
    it("is the same twice, and keeps what is there", async () => {
      await index.put([image("a", "A", EAST)], []);
      await index.prepare(space);
      expect(await index.counts()).toEqual({ images: 1, passages: 0 });
    });

    it("survives several processes preparing at once", async () => {
      await opened.clear();
      await Promise.all([index.prepare(space), index.prepare(space), index.prepare(space)]);
      expect(await index.counts()).toEqual({ images: 0, passages: 0 });
    });

    it.each([
      ["another encoder", { encoderId: "encoder-2", dimension: DIMENSION }],
      ["another dimension", { encoderId: "encoder-1", dimension: 8 }],
    ])("refuses %s, says how to build the index again, and leaves it as it was", async (_, other) => {
      await index.put([image("a", "A", EAST)], []);
      await expect(index.prepare(other)).rejects.toMatchObject({
        name: "RoraError",
        code: "unavailable",
        message: expect.stringContaining("rora ingest atlas --rebuild"),
      });
      expect(await index.counts()).toEqual({ images: 1, passages: 0 });
    });
  });

  describe("images", () => {
    it("are found by similarity, the best of each entity, most similar first", async () => {
      await index.put(
        [
          image("a1", "A", unit(1, 0.5, 0, 0)),
          image("a2", "A", unit(1, 0.1, 0, 0)),
          image("b1", "B", unit(1, 0.3, 0, 0)),
          image("c1", "C", unit(-1, 0, 0, 0)),
        ],
        [],
      );
      const hits = await index.searchImages({ tenants: ["public"], embedding: EAST, limit: 10 });
      expect(hits.map((hit) => [hit.entityId, hit.imageId])).toEqual([
        ["A", "a2"],
        ["B", "b1"],
        ["C", "c1"],
      ]);
      expect(hits[0]!.similarity).toBeCloseTo(1 / Math.hypot(1, 0.1), 5);
      expect(hits[2]!.similarity).toBeCloseTo(-1, 5);
    });

    it("of one entity do not crowd out the others", async () => {
      const many = Array.from({ length: 40 }, (_, number) =>
        image(`a${number}`, "A", unit(1, number / 1000, 0, 0)),
      );
      await index.put([...many, image("b", "B", NORTH)], []);
      const hits = await index.searchImages({ tenants: ["public"], embedding: EAST, limit: 2 });
      expect(hits.map((hit) => hit.entityId)).toEqual(["A", "B"]);
    });

    it("are no more than asked for, and none from an empty index or for no tenant", async () => {
      expect(await index.searchImages({ tenants: ["public"], embedding: EAST, limit: 5 })).toEqual([]);
      await index.put([image("a", "A", EAST), image("b", "B", NORTH)], []);
      expect(await index.searchImages({ tenants: ["public"], embedding: EAST, limit: 1 })).toHaveLength(1);
      expect(await index.searchImages({ tenants: [], embedding: EAST, limit: 5 })).toEqual([]);
    });

    it("of other tenants are never seen", async () => {
      await index.put(
        [image("a", "A", EAST, "guild-1"), image("b", "B", EAST, "guild-2"), image("c", "C", NORTH)],
        [],
      );
      const seenBy = async (...tenants: string[]) =>
        (await index.searchImages({ tenants, embedding: EAST, limit: 9 })).map((hit) => hit.entityId);
      expect(await seenBy("guild-1", "public")).toEqual(["A", "C"]);
      expect(await seenBy("guild-2")).toEqual(["B"]);
      expect(await seenBy("guild-1' or true --")).toEqual([]);
    });

    it("are replaced by id", async () => {
      await index.put([image("a", "A", EAST)], []);
      await index.put([image("a", "A2", NORTH, "guild-1")], []);
      expect(await index.counts()).toEqual({ images: 1, passages: 0 });
      const hits = await index.searchImages({ tenants: ["guild-1"], embedding: NORTH, limit: 1 });
      expect(hits).toMatchObject([{ entityId: "A2", imageId: "a" }]);
    });
  });

  describe("passages", () => {
    beforeEach(() => index.put([], PASSAGES));

    it("of the entities come first when they fit, at most so many of each", async () => {
      const hits = await searchPassages({ entityIds: ["country:td"], perEntity: 2, unfiltered: 0 });
      expect(hits[0]!.passageId).toBe("country:td#money");
      expect(hits).toHaveLength(2);
      expect(hits.every((hit) => hit.entityId === "country:td" && !hit.recovered)).toBe(true);
    });

    it("are limited for each entity apart", async () => {
      const hits = await searchPassages({
        entityIds: ["country:td", "country:ro"],
        perEntity: 1,
        unfiltered: 0,
      });
      expect(hits.map((hit) => hit.passageId).sort()).toEqual(["country:ro#money", "country:td#money"]);
    });

    it("that only the unfiltered branch found are flagged as recovered", async () => {
      const hits = await searchPassages({ entityIds: ["country:ci"], unfiltered: 2 });
      const flags = Object.fromEntries(hits.map((hit) => [hit.passageId, hit.recovered]));
      expect(flags).toEqual({ "country:ci#name": false, "country:td#money": true, "country:ro#money": true });
    });

    it("that both branches found come once and are not flagged", async () => {
      const hits = await searchPassages({ entityIds: ["country:td"], perEntity: 3, unfiltered: 6 });
      expect(hits).toHaveLength(6);
      expect(new Set(hits.map((hit) => hit.passageId)).size).toBe(6);
      for (const hit of hits) expect(hit.recovered).toBe(hit.entityId !== "country:td");
    });

    it("are found without entities, all of them by the unfiltered branch", async () => {
      const hits = await searchPassages({ unfiltered: 2 });
      expect(hits.map((hit) => hit.passageId).sort()).toEqual(["country:ro#money", "country:td#money"]);
      expect(hits.every((hit) => hit.recovered)).toBe(true);
    });

    it("come by fused score, which is at most two first ranks and falls", async () => {
      const fused = (await searchPassages({ entityIds: ["country:td"], unfiltered: 6 })).map(
        (hit) => hit.fused,
      );
      expect(fused).toEqual([...fused].sort((left, right) => right - left));
      expect(fused[0]!).toBeLessThanOrEqual(2 / 61 + 1e-9);
      expect(fused.at(-1)!).toBeGreaterThan(0);
    });

    it("carry the cosine as dense score", async () => {
      const [hit] = await searchPassages({ entityIds: ["country:td"], perEntity: 1, unfiltered: 0 });
      expect(hit!.dense).toBeCloseTo(1 / Math.hypot(1, 0.1), 5);
      expect(hit!.lexical).toBeGreaterThan(0);
    });

    it("are found by a rare word alone, whatever the vectors say", async () => {
      const [hit] = await searchPassages({ text: "Where is Yamoussoukro?", embedding: AWAY, unfiltered: 1 });
      expect(hit!.passageId).toBe("country:ci#name");
    });

    it("are found by another form of a word", async () => {
      const hits = await searchPassages({ text: "paying", embedding: UP, unfiltered: 6 });
      expect(hits.find((hit) => hit.passageId === "country:ro#money")!.lexical).toBeGreaterThan(0);
      expect(hits.find((hit) => hit.passageId === "country:ro#people")!.lexical).toBeNull();
    });

    it("are found whatever the case and the accents", async () => {
      const hits = await searchPassages({ text: "COTE D’IVOIRE", embedding: AWAY, unfiltered: 6 });
      expect(hits.find((hit) => hit.passageId === "country:ci#name")!.lexical).toBeGreaterThan(0);
    });

    it("are found by a long question of which few words occur", async () => {
      const filler =
        "I was wondering whether perhaps somebody among you could kindly tell me something about it. ".repeat(
          99,
        );
      const hits = await searchPassages({ text: `${filler} Which leu is that?`, unfiltered: 6 });
      expect(hits.find((hit) => hit.passageId === "country:ro#money")!.lexical).toBeGreaterThan(0);
    });

    it.each([
      "",
      "?!",
      "the of and",
      "'",
      "\\",
      "a\u0000b",
      "'; drop table x; --",
      "🇹🇩",
      "какая валюта",
      "\ud83d",
      "&|!():*<->",
    ])("are found by vector when the words are %j", async (text) => {
      const hits = await searchPassages({ text, entityIds: ["country:td"], perEntity: 1, unfiltered: 0 });
      expect(hits.map((hit) => hit.passageId)).toEqual(["country:td#money"]);
    });

    it("of other tenants are never seen, not even by entity id", async () => {
      await index.put(
        [],
        [passage("secret:x#money", "Which money do people pay with? The secret.", EAST, "guild-1")],
      );
      const seenBy = async (...tenants: string[]) =>
        (await searchPassages({ tenants, entityIds: ["secret:x"], unfiltered: 9 })).map(
          (hit) => hit.passageId,
        );
      expect(await seenBy("public")).not.toContain("secret:x#money");
      expect(await seenBy("guild-2")).toEqual([]);
      expect(await seenBy("guild-1")).toEqual(["secret:x#money"]);
      expect(await seenBy("guild-1", "public")).toHaveLength(7);
    });

    it("may be very long or hold characters a database refuses", async () => {
      const text = `nul \u0000 lone \ud800 ${"word ".repeat(300_000)} ${"x".repeat(3_000)}`;
      await index.put([], [passage("long:x#all", text, AWAY)]);
      const hits = await searchPassages({ text: "lone word", entityIds: ["long:x"], unfiltered: 0 });
      expect(hits).toMatchObject([{ passageId: "long:x#all", lexical: expect.any(Number) }]);
    });

    it("are replaced by id, words and all", async () => {
      await index.put([], [passage("country:td#money", "Now it says dinar.", UP)]);
      expect((await index.counts()).passages).toBe(PASSAGES.length);
      const hits = await searchPassages({ text: "dinar", embedding: AWAY, unfiltered: 1 });
      expect(hits[0]!.passageId).toBe("country:td#money");
      const earlier = await searchPassages({ text: "franc", embedding: AWAY, unfiltered: 9 });
      expect(earlier.every((hit) => hit.lexical === null)).toBe(true);
    });
  });

  it("forgets an entity with all its images and passages, and no other", async () => {
    await index.put([image("a", "country:td", EAST), image("b", "country:ro", EAST)], PASSAGES);
    await index.removeEntity("country:td");
    await index.removeEntity("country:td");
    expect(await index.counts()).toEqual({ images: 1, passages: PASSAGES.length - 3 });
    const hits = await index.searchImages({ tenants: ["public"], embedding: EAST, limit: 9 });
    expect(hits.map((hit) => hit.entityId)).toEqual(["country:ro"]);
  });

  it("takes more than a statement's worth at once", async () => {
    const images = Array.from({ length: 1_201 }, (_, number) =>
      image(`i${number}`, `e${number}`, unit(1, number, 0, 0)),
    );
    await index.put(images, []);
    await index.put([], []);
    expect(await index.counts()).toEqual({ images: 1_201, passages: 0 });
  });
}
