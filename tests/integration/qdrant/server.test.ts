import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { createQdrantIndex } from "../../../src/adapters/qdrant/qdrant-index.ts";
import { type LoopbackQdrant, startLoopbackQdrant } from "../../support/qdrant/loopback.ts";

const space = { encoderId: "encoder-1", dimension: 4 };
const EAST = Float32Array.of(1, 0, 0, 0);
const image = { imageId: "a", entityId: "A", tenant: "public", embedding: EAST };
const search = { tenants: ["public"], embedding: EAST, limit: 1 };
const unavailable = { name: "RoraError", code: "unavailable" };
const doesNotAnswer = { ...unavailable, message: expect.stringContaining("QDRANT_URL") };
const KEY = "hunter2-hunter2";
/** The pause is short, so that tests need not wait; the limits are not, since machines may be slow. */
const patience = { read: 20_000, write: 20_000, pause: 2_000 };

const opened: LoopbackQdrant[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.goDown();
});

async function open(options: Parameters<typeof startLoopbackQdrant>[0] & { key?: string } = {}) {
  const server = await startLoopbackQdrant(options);
  opened.push(server);
  const index = createQdrantIndex({ url: server.url, apiKey: options.key, prefix: "t_", patience });
  return { server, index };
}

async function filled() {
  const { server, index } = await open();
  await index.prepare(space);
  await index.put([image], []);
  return { server, index };
}

describe("a Qdrant server", () => {
  it("that is down at the start is named, and used as soon as it is up", async () => {
    const { server, index } = await open();
    await server.goDown();
    await expect(index.prepare(space)).rejects.toMatchObject(doesNotAnswer);
    await server.comeBack();
    await sleep(patience.pause);
    await index.prepare(space);
    expect(await index.counts()).toEqual({ images: 0, passages: 0 });
  });

  it("that goes down is asked no more for a while, and answers again when it returns", async () => {
    const { server, index } = await filled();
    server.misbehave((c) => c.text("starting", 503));
    for (let call = 0; call < 3; call++)
      await expect(index.searchImages(search)).rejects.toMatchObject(doesNotAnswer);
    const asked = server.requests.length;
    await expect(index.searchImages(search)).rejects.toMatchObject({
      ...doesNotAnswer,
      retryAfterSeconds: 10,
    });
    expect(server.requests).toHaveLength(asked);
    server.misbehave(null);
    await sleep(patience.pause + 50);
    expect(await index.searchImages(search)).toMatchObject([{ imageId: "a" }]);
  });

  it("that breaks connections off in the middle is asked again at once when it is back", async () => {
    const { server, index } = await filled();
    await server.goDown();
    await expect(index.searchImages(search)).rejects.toMatchObject(doesNotAnswer);
    await server.comeBack();
    await sleep(patience.pause);
    expect(await index.searchImages(search)).toHaveLength(1);
  });

  it("that stumbles once is asked again without anybody noticing", async () => {
    const { server, index } = await filled();
    let stumbles = 1;
    server.misbehave((c) => {
      if (--stumbles === 0) server.misbehave(null);
      return c.text("busy", 503);
    });
    expect(await index.searchImages(search)).toHaveLength(1);
  });

  it("that is slow is not waited for beyond the limit, and not asked again", async () => {
    const { server } = await filled();
    const read = 5_000;
    const hurried = createQdrantIndex({ url: server.url, prefix: "t_", patience: { ...patience, read } });
    await hurried.searchImages(search);
    server.misbehave(async (c) => {
      await sleep(2 * read);
      return c.json({});
    });
    const asked = server.requests.length;
    await expect(hurried.searchImages(search)).rejects.toMatchObject(doesNotAnswer);
    expect(server.requests).toHaveLength(asked + 1);
  });

  it.each([
    [
      "HTML",
      (c: Parameters<Parameters<LoopbackQdrant["misbehave"]>[0] & object>[0]) => c.html("<h1>Hello</h1>"),
    ],
    [
      "other JSON",
      (c: Parameters<Parameters<LoopbackQdrant["misbehave"]>[0] & object>[0]) => c.json({ ok: true }),
    ],
  ])("that answers %s is none, at the start and later", async (_, answer) => {
    const { server, index } = await open();
    const notQdrant = { ...unavailable, message: expect.stringContaining("does not answer like Qdrant") };
    server.misbehave(answer);
    await expect(index.prepare(space)).rejects.toMatchObject(notQdrant);
    server.misbehave(null);
    await index.prepare(space);
    server.misbehave(answer);
    await expect(index.searchImages(search)).rejects.toMatchObject(notQdrant);
    await expect(index.put([image], [])).rejects.toMatchObject(notQdrant);
  });

  it.each([undefined, KEY])(
    "that wants another key than %s says so, and nothing shows the key",
    async (key) => {
      const { index } = await open({ apiKey: "another-secret-key", ...(key === undefined ? {} : { key }) });
      const fault: unknown = await index.prepare(space).catch((error: unknown) => error);
      expect(fault).toMatchObject({ ...unavailable, message: expect.stringContaining("QDRANT_API_KEY") });
      expect(inspect(fault, { depth: 20, showHidden: true })).not.toContain(KEY);
    },
  );

  it("that wants the key it is given works", async () => {
    const { index } = await open({ apiKey: KEY, key: KEY });
    await index.prepare(space);
    expect(await index.space()).toEqual(space);
  });

  it.each(["1.16.3", "0.9.9"])("of version %s is too old", async (version) => {
    const { index } = await open({ version });
    await expect(index.prepare(space)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining(version),
    });
  });

  it.each(["1.17.0", "1.20.1", "2.0.0"])("of version %s is asked for it only once", async (version) => {
    const { server, index } = await open({ version });
    await index.prepare(space);
    expect(server.requests.filter((request) => request === "GET /")).toHaveLength(1);
  });

  it("at an https address is spoken to by TLS, and below a path with that path", async () => {
    const first: number[] = [];
    const listener = createServer((socket) => {
      socket.once("data", (bytes) => {
        first.push(bytes[0]!);
        socket.destroy();
      });
      socket.on("error", () => {});
    });
    await once(listener.listen(0, "127.0.0.1"), "listening");
    const { port } = listener.address() as AddressInfo;
    const index = createQdrantIndex({ url: `https://127.0.0.1:${port}/path`, prefix: "t_", patience });
    await expect(index.space()).rejects.toMatchObject(doesNotAnswer);
    // 22: a TLS handshake.
    expect(new Set(first)).toEqual(new Set([22]));
    listener.close();
  });

  it("behind a path is asked below it", async () => {
    const { server } = await open();
    const index = createQdrantIndex({ url: `${server.url}/qdrant/`, prefix: "t_", patience });
    await expect(index.space()).rejects.toMatchObject(unavailable);
    expect(server.requests).toContain("GET /qdrant/");
  });

  it("refuses vectors of another length, and nothing of them stays", async () => {
    const { index } = await filled();
    const long = { ...image, imageId: "b", embedding: new Float32Array(8).fill(1) };
    await expect(index.put([long], [])).rejects.toMatchObject(unavailable);
    await expect(index.searchImages({ ...search, embedding: long.embedding })).rejects.toMatchObject(
      unavailable,
    );
    expect(await index.counts()).toEqual({ images: 1, passages: 0 });
  });

  it("that lost a collection is to be filled again", async () => {
    const { server, index } = await filled();
    server.memory.collections.delete("t_passages-0");
    await expect(index.counts()).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining("rora ingest atlas --rebuild"),
    });
  });

  it("takes 1,000 points of two tenants in bulk, and shows each only its own", async () => {
    const { server, index } = await open();
    await index.prepare(space);
    const images = Array.from({ length: 1_000 }, (_, number) => ({
      imageId: `i${number}`,
      entityId: `e${number}`,
      tenant: number % 2 === 0 ? "guild-1" : "guild-2",
      embedding: Float32Array.of(Math.cos(number), Math.sin(number), 0, 0),
    }));
    const before = server.requests.length;
    await index.put(images, []);
    expect(server.requests.length - before).toBe(8);
    expect(await index.counts()).toEqual({ images: 1_000, passages: 0 });
    for (const [tenant, rest] of [
      ["guild-1", 0],
      ["guild-2", 1],
    ] as const) {
      const hits = await index.searchImages({ tenants: [tenant], embedding: EAST, limit: 1_000 });
      expect(hits).toHaveLength(500);
      for (const { imageId } of hits) expect(Number(imageId.slice(1)) % 2).toBe(rest);
    }
    expect(await index.searchImages({ ...search, tenants: ["guild-3"] })).toEqual([]);
  });
});
