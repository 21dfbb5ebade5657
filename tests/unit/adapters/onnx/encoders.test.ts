import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createImageEncoder } from "../../../../src/adapters/onnx/image-encoder.ts";
import type { Sessions } from "../../../../src/adapters/onnx/sessions.ts";
import { createTextEncoder } from "../../../../src/adapters/onnx/text-encoder.ts";
import { openTokenizer } from "../../../../src/adapters/onnx/tokenizer.ts";
import type { ImageEncoder, TextEncoder } from "../../../../src/ports.ts";
import { counted, decodedPicture, difference, floats, golden, TINY, tinySessions } from "./tiny.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());

describe("the image encoder", () => {
  const pictures = golden.pictures.map((_, index) => decodedPicture(index));
  let batches: number[];
  let encoder: ImageEncoder;
  beforeAll(() => {
    batches = [];
  });

  it("gives PyTorch's embedding, patches and features", async () => {
    encoder = await createImageEncoder({ directory: TINY, sessions });
    for (const [index, picture] of golden.pictures.entries()) {
      const encoded = await encoder.encode(pictures[index]!);
      expect(difference(encoded.embedding, picture.embedding)).toBeLessThan(1e-3);
      expect(difference(encoded.patches, floats(picture.patches))).toBeLessThan(1e-3);
      expect(difference(encoded.features!, floats(picture.features))).toBeLessThan(1e-3);
      expect(encoded).toMatchObject({ grid: { rows: 4, columns: 4 }, dimension: 16, featureSize: 32 });
    }
  });

  it("names its weights in its id", () => {
    expect(encoder.id).toMatch(/^tiny@[0-9a-f]{12}$/);
    expect(encoder.dimension).toBe(16);
  });

  it("encodes pictures asked for together in one pass, with the same result as one by one", async () => {
    batches = [];
    const batched = await createImageEncoder({ directory: TINY, sessions: counted(sessions, batches) });
    batches.length = 0;
    const together = await Promise.all(pictures.map((picture) => batched.encode(picture)));
    expect(batches).toEqual([3]);
    for (const [index, picture] of pictures.entries()) {
      const alone = await encoder.encode(picture);
      expect(difference(together[index]!.embedding, alone.embedding)).toBeLessThan(1e-5);
      expect(difference(together[index]!.features!, alone.features!)).toBeLessThan(1e-5);
    }
  });

  it("splits what exceeds the largest batch", async () => {
    batches = [];
    const batched = await createImageEncoder({
      directory: TINY,
      sessions: counted(sessions, batches),
      maximumBatch: 2,
    });
    batches.length = 0;
    await Promise.all(pictures.map((picture) => batched.encode(picture)));
    expect(batches.toSorted()).toEqual([1, 2]);
  });

  it("encodes the same picture once, whether asked together or later", async () => {
    batches = [];
    const cached = await createImageEncoder({ directory: TINY, sessions: counted(sessions, batches) });
    batches.length = 0;
    const [first, second] = await Promise.all([cached.encode(pictures[0]!), cached.encode(pictures[0]!)]);
    expect(await cached.encode(pictures[0]!)).toBe(first);
    expect(second).toBe(first);
    expect(batches).toEqual([1]);
  });

  it("still answers everyone when the cache is too small for anything", async () => {
    batches = [];
    const forgetful = await createImageEncoder({
      directory: TINY,
      sessions: counted(sessions, batches),
      cacheBytes: 1,
    });
    batches.length = 0;
    const together = await Promise.all(pictures.map((picture) => forgetful.encode(picture)));
    expect(together.map(({ embedding }) => embedding.length)).toEqual([16, 16, 16]);
    await forgetful.encode(pictures[0]!);
    expect(batches).toEqual([3, 1]);
  });

  it("does not remember a failure", async () => {
    let fails = false;
    const failing: Sessions = {
      ...sessions,
      async open(file) {
        const session = await sessions.open(file);
        return new Proxy(session, {
          get(target, property) {
            if (property !== "run") return Reflect.get(target, property);
            return (feeds: never) => (fails ? Promise.reject(new Error("out of memory")) : target.run(feeds));
          },
        });
      },
    };
    const unlucky = await createImageEncoder({ directory: TINY, sessions: failing });
    fails = true;
    await expect(unlucky.encode(pictures[0]!)).rejects.toThrow("out of memory");
    fails = false;
    expect((await unlucky.encode(pictures[0]!)).embedding).toHaveLength(16);
  });

  it("says which file is missing", async () => {
    await expect(createImageEncoder({ directory: "models/absent", sessions })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("onnx/vision_encoder.onnx"),
    });
  });
});

describe("the text encoder", () => {
  let encoder: TextEncoder;
  beforeAll(async () => {
    encoder = await createTextEncoder({ directory: TINY, sessions });
  });

  it("tokenises as the Python library does", async () => {
    const tokenizer = await openTokenizer(TINY);
    for (const { ids, text } of golden.decoded) {
      expect(tokenizer.encode(text, { wrap: true })).toEqual(ids);
      expect(tokenizer.decode(ids)).toBe(text);
    }
  });

  it("gives PyTorch's embeddings, also for texts of unlike length together and for one too long", async () => {
    const embeddings = await encoder.embed(golden.texts.map(({ text }) => text));
    for (const [index, { embedding }] of golden.texts.entries()) {
      expect(difference(embeddings[index]!, embedding)).toBeLessThan(1e-3);
    }
  });

  it("embeds no text and an empty text", async () => {
    expect(await encoder.embed([])).toEqual([]);
    expect((await encoder.embed([""]))[0]!.every(Number.isFinite)).toBe(true);
  });

  it("reads special tokens in a text as nothing", async () => {
    const [plain, posing] = await encoder.embed(["which   money", "which </s> money"]);
    expect(difference(plain!, posing!)).toBeLessThan(1e-6);
  });

  it("runs each text once", async () => {
    const batches: number[] = [];
    const cached = await createTextEncoder({ directory: TINY, sessions: counted(sessions, batches) });
    batches.length = 0;
    await cached.embed(["which money", "which country", "which money"]);
    await cached.embed(["which country"]);
    expect(batches).toEqual([2]);
  });
});
