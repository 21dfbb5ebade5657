import { beforeEach, expect, test } from "vitest";
import { type EntityRecord, PUBLIC_TENANT } from "../../../src/domain/knowledge.ts";
import { ingest } from "../../../src/knowledge/ingest.ts";
import type {
  ImageDecoder,
  ImageEncoder,
  IndexedImage,
  IndexedPassage,
  KnowledgeIndex,
  KnowledgeStore,
  TextEncoder,
} from "../../../src/ports.ts";

const notImplemented = (): never => {
  throw new Error("not implemented");
};

function record(name: string, texts: readonly string[] = [`${name} is green.`]): EntityRecord {
  const id = `thing:${name}`;
  return {
    entity: {
      id,
      tenant: PUBLIC_TENANT,
      title: name,
      description: `${name}.`,
      url: `https://example.org/${name}`,
      aliases: [],
    },
    images: [
      {
        id: `${id}/image`,
        entityId: id,
        sha256: name,
        mediaType: "image/svg+xml",
        bytes: new Uint8Array([1]),
        alt: name,
      },
    ],
    passages: texts.map((text, number) => ({
      id: `${id}#${number}`,
      entityId: id,
      section: "Colour",
      text,
      url: "https://example.org",
      source: "test",
    })),
  };
}

/** A store, an index and encoders in memory; `crash` makes the named call throw, as a killed process would end there. */
function createWorld() {
  const records = new Map<string, EntityRecord>();
  const images = new Map<string, IndexedImage>();
  const passages = new Map<string, IndexedPassage>();
  const world = { records, images, passages, encodedImages: 0, embeddedTexts: [] as string[], crash: "" };
  const dieIf = (call: string) => {
    if (world.crash === call) throw new Error(`killed at ${call}`);
  };
  const store: KnowledgeStore = {
    async put(given) {
      dieIf("store.put");
      const same = JSON.stringify(records.get(given.entity.id)) === JSON.stringify(given);
      records.set(given.entity.id, given);
      return !same;
    },
    entities: async (ids) => ids.flatMap((id) => records.get(id)?.entity ?? []),
    images: async (ids) =>
      [...records.values()].flatMap((known) => known.images).filter(({ id }) => ids.includes(id)),
    passages: async (ids) =>
      [...records.values()].flatMap((known) => known.passages).filter(({ id }) => ids.includes(id)),
    counts: async () => {
      const all = [...records.values()];
      return {
        entities: all.length,
        images: all.flatMap((known) => known.images).length,
        passages: all.flatMap((known) => known.passages).length,
      };
    },
    records: async ({ after, limit }) =>
      [...records.values()]
        .filter(({ entity }) => after === null || entity.id > after)
        .sort((left, right) => (left.entity.id < right.entity.id ? -1 : 1))
        .slice(0, limit),
    idsOf: notImplemented,
    eraseTenant: notImplemented,
    firstImages: notImplemented,
    lookUp: notImplemented,
    mentioned: notImplemented,
    version: notImplemented,
  };
  const index: KnowledgeIndex = {
    async prepare() {},
    async put(newImages, newPassages) {
      dieIf("index.put");
      for (const image of newImages) images.set(image.imageId, image);
      for (const passage of newPassages) passages.set(passage.passageId, passage);
    },
    async removeEntity(entityId) {
      for (const [id, image] of images) if (image.entityId === entityId) images.delete(id);
      for (const [id, passage] of passages) if (passage.entityId === entityId) passages.delete(id);
    },
    counts: async () => ({ images: images.size, passages: passages.size }),
    searchImages: notImplemented,
    searchPassages: notImplemented,
  };
  const decoder: ImageDecoder = {
    decode: async () => ({
      sha256: "",
      perceptualHash: "",
      pixels: new Uint8Array(3),
      width: 1,
      height: 1,
      mediaType: "image/svg+xml",
      notices: [],
    }),
  };
  const imageEncoder: Omit<ImageEncoder, "patches"> = {
    id: "test-encoder",
    dimension: 2,
    async encode() {
      world.encodedImages++;
      const embedding = new Float32Array([1, 0]);
      return {
        embedding,
        patches: embedding,
        features: null,
        featureSize: 0,
        dimension: 2,
        grid: { rows: 1, columns: 1 },
      };
    },
  };
  const textEncoder: Pick<TextEncoder, "embed"> = {
    async embed(texts) {
      world.embeddedTexts.push(...texts);
      return texts.map(() => new Float32Array([0, 1]));
    },
  };
  return { world, options: { store, index, decoder, imageEncoder, textEncoder } };
}

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
let { world, options } = createWorld();
beforeEach(() => {
  ({ world, options } = createWorld());
});

test("records go into store and index, the title before each passage's text", async () => {
  const result = await ingest(
    letters.map((letter) => record(letter)),
    options,
  );
  expect(result).toEqual({ written: 26, unchanged: 0 });
  expect([world.records.size, world.images.size, world.passages.size]).toEqual([26, 26, 26]);
  expect(world.embeddedTexts).toContain("a. a is green.");
  expect(world.passages.get("thing:a#0")).toMatchObject({
    entityId: "thing:a",
    tenant: "public",
    text: "a. Colour. a is green.",
  });
});

test("run again, nothing is encoded", async () => {
  await ingest(
    letters.map((letter) => record(letter)),
    options,
  );
  world.encodedImages = 0;
  world.embeddedTexts = [];
  expect(
    await ingest(
      letters.map((letter) => record(letter)),
      options,
    ),
  ).toEqual({ written: 0, unchanged: 26 });
  expect(world.encodedImages).toBe(0);
  expect(world.embeddedTexts).toEqual([]);
});

test.each(["index.put", "store.put"])("a run killed at %s is mended by the next", async (call) => {
  await ingest([record("a")], options);
  world.crash = call;
  await expect(ingest([record("a"), record("b"), record("c")], options)).rejects.toThrow("killed");
  world.crash = "";
  world.encodedImages = 0;
  expect(await ingest([record("a"), record("b"), record("c")], options)).toEqual({
    written: 2,
    unchanged: 1,
  });
  expect([...world.images.keys()]).toEqual(["thing:a/image", "thing:b/image", "thing:c/image"]);
  expect([...world.records.keys()]).toEqual(["thing:a", "thing:b", "thing:c"]);
  expect(world.encodedImages).toBe(2);
});

test("an index that was emptied is filled again from an unchanged store", async () => {
  await ingest([record("a"), record("b")], options);
  world.images.clear();
  world.passages.clear();
  await ingest([record("a"), record("b")], options);
  expect([world.images.size, world.passages.size]).toEqual([2, 2]);
});

test("a changed entity is written anew, and a passage it lost leaves the index", async () => {
  await ingest([record("a", ["one", "two"]), record("b")], options);
  expect(await ingest([record("a", ["one"]), record("b")], options)).toEqual({ written: 1, unchanged: 1 });
  expect([...world.passages.keys()].sort()).toEqual(["thing:a#0", "thing:b#0"]);
  expect(await ingest([record("a", ["three"]), record("b")], options)).toEqual({ written: 1, unchanged: 1 });
  expect(world.passages.get("thing:a#0")?.text).toContain("three");
});

test("progress counts entities, of an unknown total when they come as a stream", async () => {
  const seen: string[] = [];
  const progress = (state: { done: number; total: number | null; entity: { title: string } }) =>
    seen.push(`${state.entity.title} ${state.done}/${state.total}`);
  await ingest([record("a"), record("b")], { ...options, progress });
  await ingest(
    (async function* () {
      yield record("c");
    })(),
    { ...options, progress },
  );
  expect(seen).toEqual(["a 1/2", "b 2/2", "c 1/null"]);
});

test("an aborted run stops between chunks and keeps what is finished", async () => {
  const stop = new AbortController();
  const progress = () => stop.abort();
  await expect(
    ingest(
      letters.map((letter) => record(letter)),
      { ...options, progress, signal: stop.signal },
    ),
  ).rejects.toThrow("aborted");
  expect(world.records.size).toBe(16);
  expect(world.images.size).toBe(16);
});

test("an id of another tenant changes neither store nor index", async () => {
  await ingest([record("apple")], options);
  const before = new Map(world.passages);
  const stolen = record("apple", ["Apples are poison."]);
  const theirs = { ...stolen, entity: { ...stolen.entity, tenant: "discord:1" } };
  await expect(ingest([theirs], options)).rejects.toMatchObject({ code: "bad-request" });
  expect(world.passages).toEqual(before);
});
