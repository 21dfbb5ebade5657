import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createQdrantIndex } from "../../../src/adapters/qdrant/qdrant-index.ts";
import type { RebuildableIndex } from "../../../src/ports.ts";
import { startLoopbackQdrant } from "../../support/qdrant/loopback.ts";

const server = await startLoopbackQdrant();
afterAll(() => server.goDown());

const space = { encoderId: "encoder-1", dimension: 4 };
const other = { encoderId: "encoder-2", dimension: 8 };
const DAY = 24 * 3600 * 1000;
const image = (imageId: string, dimension: number) => ({
  imageId,
  entityId: imageId,
  tenant: "public",
  embedding: new Float32Array(dimension).fill(1),
});
/** Edges in the graph of each collection. */
const graphs = () =>
  Object.fromEntries(
    [...server.memory.collections].map(([name, { settings }]) => [name, settings.hnsw_config?.m]),
  );

let time = 2 * DAY;
const open = (): RebuildableIndex => createQdrantIndex({ url: server.url, prefix: "t_" }, () => ++time);
let index: RebuildableIndex;
let neighbour: RebuildableIndex;

beforeEach(() => {
  server.memory.collections.clear();
  server.memory.aliases.clear();
  index = open();
  neighbour = open();
});

describe("building an index on Qdrant", () => {
  it("puts the graphs of the first one off until it is filled", async () => {
    const filled = await index.build(space, { anew: false }, async () => {
      // As ingesting does.
      await index.prepare(space);
      await index.put([image("a", 4)], []);
      expect(graphs()).toEqual({ "t_images-0": 0, "t_passages-0": 0 });
      return "done";
    });
    expect(filled).toBe("done");
    expect(graphs()).toEqual({ "t_images-0": 16, "t_passages-0": 16 });
  });

  it("goes on with a first one whose filling was broken off", async () => {
    const broken = index.build(space, { anew: false }, async () => {
      await index.put([image("a", 4)], []);
      throw new Error("killed");
    });
    await expect(broken).rejects.toThrow("killed");
    expect(await open().build(space, { anew: false }, () => neighbour.counts())).toEqual({
      images: 1,
      passages: 0,
    });
    expect(graphs()).toEqual({ "t_images-0": 16, "t_passages-0": 16 });
  });

  it("leaves an index that is there as it is", async () => {
    await index.build(space, { anew: false }, () => index.put([image("a", 4)], []));
    await index.build(space, { anew: false }, async () => {});
    expect(await index.counts()).toEqual({ images: 1, passages: 0 });
  });

  it("is done by two processes that start at once as by one", async () => {
    await Promise.all(
      [index, neighbour].map((each, number) =>
        each.build(space, { anew: false }, () => each.put([image(`i${number}`, 4)], [])),
      ),
    );
    expect(await index.counts()).toEqual({ images: 2, passages: 0 });
  });

  it("anew happens beside the earlier one, which others search until then", async () => {
    await index.build(space, { anew: false }, () => index.put([image("old", 4)], []));
    const search = { tenants: ["public"], limit: 9 };
    const seen = async (dimension: number) =>
      (await neighbour.searchImages({ ...search, embedding: image("", dimension).embedding })).map(
        (hit) => hit.imageId,
      );
    await index.build(other, { anew: true }, async () => {
      await index.prepare(other);
      expect(await index.counts()).toEqual({ images: 0, passages: 0 });
      await index.put([image("new", 8)], []);
      expect(await seen(4)).toEqual(["old"]);
      expect(await neighbour.space()).toEqual(space);
    });
    expect(await seen(8)).toEqual(["new"]);
    expect(await index.space()).toEqual(other);
    expect(Object.values(graphs())).toEqual([16, 16]);
    expect([...server.memory.aliases.keys()].sort()).toEqual(["t_images", "t_passages"]);
  });

  it("anew that fails leaves the earlier one in its place and nothing else", async () => {
    await index.build(space, { anew: false }, () => index.put([image("old", 4)], []));
    const broken = index.build(other, { anew: true }, async () => {
      await index.put([image("new", 8)], []);
      throw new Error("no more disk");
    });
    await expect(broken).rejects.toThrow("no more disk");
    expect(await index.space()).toEqual(space);
    expect(await index.counts()).toEqual({ images: 1, passages: 0 });
    expect(Object.keys(graphs())).toEqual(["t_images-0", "t_passages-0"]);
  });

  it("anew removes what a killed process left behind a day ago, and nobody else's collections", async () => {
    await index.build(space, { anew: false }, async () => {});
    const { collections } = server.memory;
    const some = collections.get("t_images-0")!;
    const [old, recent] = [`t_images-${time - DAY - 1}`, `t_passages-${time - 1000}`];
    for (const name of [old, recent, "other-1", "t_images_of_mine-1"]) collections.set(name, some);
    await index.build(space, { anew: true }, async () => {});
    expect([...collections.keys()]).not.toContain(old);
    expect([...collections.keys()]).toEqual(
      expect.arrayContaining([recent, "other-1", "t_images_of_mine-1"]),
    );
  });

  it("refuses an index of another encoder, unless anew", async () => {
    await index.build(space, { anew: false }, async () => {});
    await expect(open().build(other, { anew: false }, async () => {})).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/encoder-1.*encoder-2.*rora ingest atlas --rebuild/),
    });
  });

  it("anew also mends an index that was broken off before anybody could search it", async () => {
    await index.build(space, { anew: false }, async () => {});
    server.memory.aliases.clear();
    await expect(index.build(other, { anew: false }, async () => {})).rejects.toMatchObject({
      code: "unavailable",
    });
    server.memory.aliases.clear();
    await open().build(other, { anew: true }, () => Promise.resolve());
    expect(await index.space()).toEqual(other);
    expect(server.memory.collections.size).toBe(2);
  });

  it("touches no collection that somebody else made under its name", async () => {
    server.memory.collections.set("t_images", await somebodyElses());
    await expect(index.build(space, { anew: false }, async () => {})).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("QDRANT_PREFIX"),
    });
    expect([...server.memory.collections.keys()]).toEqual(["t_images"]);
  });

  async function somebodyElses() {
    await createQdrantIndex({ url: server.url, prefix: "x_" }).prepare(space);
    const { settings } = server.memory.collections.get("x_images-0")!;
    settings.metadata = {};
    const collection = server.memory.collections.get("x_images-0")!;
    server.memory.collections.clear();
    server.memory.aliases.clear();
    return collection;
  }
});
