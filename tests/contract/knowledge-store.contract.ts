import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { KnowledgeStore } from "../../src/ports.ts";
import { entityRecord } from "../support/replies.ts";

/** What every KnowledgeStore must do. `clear` empties it. */
export function knowledgeStoreContract(
  open: () => Promise<{ store: KnowledgeStore; clear(): Promise<void> }>,
): void {
  let opened: Awaited<ReturnType<typeof open>>;
  let store: KnowledgeStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(() => opened.clear());

  const chad = entityRecord("country:td", "Chad", { aliases: ["Tchad", "تشاد", "Chadian"] });
  const romania = entityRecord("country:ro", "Romania", { aliases: ["România", "Romanian"] });

  describe("putting", () => {
    it("keeps an entity with its pictures and passages as they are", async () => {
      expect(await store.put(chad)).toBe(true);
      expect(await store.entities(["country:td"])).toEqual([chad.entity]);
      expect(await store.images(["country:td/flag"])).toEqual(chad.images);
      expect(await store.passages(chad.passages.map((passage) => passage.id))).toEqual(chad.passages);
      expect(await store.counts()).toEqual({ entities: 1, images: 1, passages: 2 });
    });

    it("gives whole records back page by page, by ascending id", async () => {
      const records = ["country:aa", "country:bb", "country:cc"].map((id) => entityRecord(id, id));
      for (const record of records.toReversed()) await store.put(record);
      const first = await store.records({ after: null, limit: 2 });
      expect(first).toEqual(records.slice(0, 2));
      expect(await store.records({ after: "country:bb", limit: 2 })).toEqual(records.slice(2));
      expect(await store.records({ after: "country:cc", limit: 2 })).toEqual([]);
    });

    it("changes nothing the second time, and says so", async () => {
      await store.put(chad);
      const version = await store.version();
      expect(await store.put(structuredClone(chad))).toBe(false);
      expect(await store.version()).toBe(version);
      expect(await store.counts()).toEqual({ entities: 1, images: 1, passages: 2 });
    });

    it("replaces what had changed, and removes what is gone", async () => {
      await store.put(chad);
      const version = await store.version();
      const passages = [{ ...chad.passages[0]!, text: "Now with another money." }];
      const changed = { entity: { ...chad.entity, aliases: [] }, images: [], passages };
      expect(await store.put(changed)).toBe(true);
      expect(await store.passages(chad.passages.map((passage) => passage.id))).toEqual(passages);
      expect(await store.images(["country:td/flag"])).toEqual([]);
      expect(await store.lookUp({ tenants: ["public"], name: "Tchad", limit: 5 })).toEqual([]);
      expect(await store.version()).not.toBe(version);
    });

    it("takes two entities with the same picture", async () => {
      const norway = entityRecord("country:no", "Norway");
      const bouvet = entityRecord("country:bv", "Bouvet Island");
      const images = norway.images.map((image) => ({
        ...image,
        id: "country:bv/flag",
        entityId: "country:bv",
      }));
      await store.put(norway);
      await store.put({ ...bouvet, images });
      await store.put({ ...norway, images: [] });
      expect(await store.firstImages(["country:bv"])).toEqual(images);
    });

    it("does not let one tenant overwrite another's entity", async () => {
      await store.put(chad);
      const hostile = entityRecord("country:td", "Mine now", { tenant: "guild-1" });
      await expect(store.put(hostile)).rejects.toMatchObject({ name: "RoraError", code: "bad-request" });
      expect(await store.entities(["country:td"])).toEqual([chad.entity]);
    });

    it("refuses a picture that is not what its hash says", async () => {
      const images = [{ ...chad.images[0]!, bytes: new Uint8Array([1]) }];
      await expect(store.put({ ...chad, images })).rejects.toMatchObject({ code: "bad-request" });
      expect(await store.counts()).toEqual({ entities: 0, images: 0, passages: 0 });
    });

    it("is all or nothing", async () => {
      await store.put(romania);
      const clash = {
        ...chad,
        passages: [...chad.passages, { ...romania.passages[0]!, entityId: "country:td" }],
      };
      await expect(store.put(clash)).rejects.toThrow();
      expect(await store.entities(["country:td"])).toEqual([]);
      expect(await store.passages([romania.passages[0]!.id])).toEqual([romania.passages[0]]);
    });

    it("takes characters a database refuses, and very long text", async () => {
      const text = `nul \u0000 lone \ud800 end ${"å🇹🇩 ".repeat(100_000)}`;
      const record = { ...chad, passages: [{ ...chad.passages[0]!, text }] };
      expect(await store.put(record)).toBe(true);
      const [passage] = await store.passages([chad.passages[0]!.id]);
      expect(passage!.text).toBe(text.replace("\u0000", "").replace("\ud800", "\ufffd"));
      expect(await store.put(record)).toBe(false);
    });

    it("takes an entity without pictures, passages or aliases, and a name of marks alone", async () => {
      const bare = { entity: { ...chad.entity, title: "★", aliases: [] }, images: [], passages: [] };
      expect(await store.put(bare)).toBe(true);
      expect(await store.firstImages(["country:td"])).toEqual([]);
    });
  });

  describe("reading", () => {
    it("keeps the order asked for and leaves out what is unknown", async () => {
      await store.put(chad);
      await store.put(romania);
      const ids = (items: { id: string }[]) => items.map((item) => item.id);
      expect(ids(await store.entities(["country:ro", "country:xx", "country:td"]))).toEqual([
        "country:ro",
        "country:td",
      ]);
      expect(ids(await store.firstImages(["country:td", "country:ro"]))).toEqual([
        "country:td/flag",
        "country:ro/flag",
      ]);
      expect(
        ids(await store.passages(["country:td#land", "nothing", "country:ro#money", "country:td#money"])),
      ).toEqual(["country:td#land", "country:ro#money", "country:td#money"]);
      expect(await store.entities([])).toEqual([]);
    });

    it("gives the first picture of several", async () => {
      const second = { ...romania.images[0]!, id: "a second", entityId: "country:td" };
      await store.put({ ...chad, images: [...chad.images, second] });
      expect(await store.firstImages(["country:td"])).toEqual(chad.images);
    });

    it("has a version that depends on what is in it and not on the order it came in", async () => {
      const empty = await store.version();
      await store.put(chad);
      const one = await store.version();
      await store.put(romania);
      const both = await store.version();
      await opened.clear();
      await store.put(romania);
      await store.put(chad);
      expect(await store.version()).toBe(both);
      expect(new Set([empty, one, both]).size).toBe(3);
    });
  });

  describe("looking up", () => {
    beforeEach(async () => {
      await store.put(chad);
      await store.put(romania);
      await store.put(entityRecord("country:ci", "Côte d'Ivoire", { aliases: ["Ivory Coast"] }));
      await store.put(entityRecord("country:gn", "Guinea"));
      await store.put(entityRecord("country:gq", "Equatorial Guinea"));
      await store.put(entityRecord("country:gw", "Guinea-Bissau"));
    });
    const lookUp = async (name: string, limit = 9, tenants = ["public"]) =>
      (await store.lookUp({ tenants, name, limit })).map((entity) => entity.title);

    it.each([
      ["chad", ["Chad"]],
      ["TCHAD", ["Chad"]],
      ["تشاد", ["Chad"]],
      ["romania", ["Romania"]],
      ["ROMÂNIA", ["Romania"]],
      ["cote d’ivoire", ["Côte d'Ivoire"]],
      ["ivory", ["Côte d'Ivoire"]],
      ["coast", ["Côte d'Ivoire"]],
      ["guinea bissau", ["Guinea-Bissau"]],
      ["zzz", []],
      ["", []],
      ["%", []],
      ["_", []],
      ["\u0000", []],
      ["' or 1=1 --", []],
    ])("finds %j", async (name, titles) => expect(await lookUp(name)).toEqual(titles));

    it("puts the name itself first, then names that begin so, then names that contain it", async () => {
      expect(await lookUp("guinea")).toEqual(["Guinea", "Guinea-Bissau", "Equatorial Guinea"]);
      expect(await lookUp("guinea", 2)).toEqual(["Guinea", "Guinea-Bissau"]);
    });

    it("sees the tenants asked for and no others", async () => {
      await store.put(entityRecord("guild-1:mascot", "Chadwick", { tenant: "guild-1" }));
      expect(await lookUp("chad")).toEqual(["Chad"]);
      expect(await lookUp("chad", 9, ["guild-1", "public"])).toEqual(["Chad", "Chadwick"]);
      expect(await lookUp("chad", 9, [])).toEqual([]);
    });
  });

  describe("names mentioned", () => {
    beforeEach(async () => {
      await store.put(chad);
      await store.put(romania);
      await store.put(entityRecord("country:gn", "Guinea"));
      await store.put(entityRecord("country:pg", "Papua New Guinea"));
      await store.put(entityRecord("country:us", "United States", { aliases: ["US", "USA", "America"] }));
      await store.put(entityRecord("country:fr", "France", { aliases: ["フランス"] }));
      await store.put(entityRecord("country:cg", "Republic of the Congo", { aliases: ["Congo"] }));
      await store.put(entityRecord("country:cd", "DR Congo", { aliases: ["Congo"] }));
    });
    const mentioned = async (text: string, limit = 9, tenants = ["public"]) =>
      (await store.mentioned({ tenants, text, limit })).map((entity) => entity.title);

    it.each([
      ["Which money do they use in chad?", ["Chad"]],
      ["Is România larger than CHAD?", ["Romania", "Chad"]],
      ["What is the capital of Papua New Guinea", ["Papua New Guinea"]],
      ["Papua New Guinea or Guinea?", ["Papua New Guinea", "Guinea"]],
      ["Tell us about it", []],
      ["Is it the US?", ["United States"]],
      ["フランスの首都は?", ["France"]],
      ["Chadwick lives in Guineas", []],
      ["which congo?", ["DR Congo", "Republic of the Congo"]],
      ["", []],
      ["\u0000", []],
    ])("in %j", async (text, titles) => expect(await mentioned(text)).toEqual(titles));

    it("no more than asked for, of the tenants asked for", async () => {
      await store.put(entityRecord("guild-1:chad", "Chad", { tenant: "guild-1" }));
      expect(await mentioned("Chad and Romania", 1)).toEqual(["Romania"]);
      expect(await mentioned("Chad", 9, ["guild-1"])).toHaveLength(1);
      expect(await mentioned("Romania", 9, ["guild-1"])).toEqual([]);
    });

    it("even in a very long text", async () => {
      expect(await mentioned(`Chad ${"word ".repeat(50_000)}`)).toEqual(["Chad"]);
    });
  });
}
