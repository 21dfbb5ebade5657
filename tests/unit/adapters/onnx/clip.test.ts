import { cp, mkdtemp, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createImageEncoder } from "../../../../src/adapters/onnx/image-encoder.ts";
import { openPreprocessor } from "../../../../src/adapters/onnx/preprocessor-config.ts";
import { createTextEncoder } from "../../../../src/adapters/onnx/text-encoder.ts";
import { openTextTokens } from "../../../../src/adapters/onnx/text-tokens.ts";
import { clipPicture, DENSE, goldenClip, STOCK } from "./clip.ts";
import { counted, difference, floats, TINY, tinySessions } from "./tiny.ts";

/** One step of a byte in the channel that varies least, normalised: Pillow 13 rounds tall pictures in another order. */
const BYTE = 1 / 255 / 0.26;

const sessions = tinySessions();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-clip-"));
});
afterAll(async () => {
  await sessions.close();
  await rm(folder, { recursive: true });
});

let copies = 0;
/** A model of its own, to spoil. */
async function copyOf(model: string): Promise<string> {
  const copy = join(folder, `copy-${++copies}`);
  await cp(model, copy, { recursive: true });
  return copy;
}
async function edit(file: string, change: (content: Record<string, unknown>) => void): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8"));
  change(content);
  await writeFile(file, JSON.stringify(content));
}
async function open(directory: string) {
  const imageEncoder = await createImageEncoder({ directory, sessions });
  const { dimension } = imageEncoder;
  return { imageEncoder, textEncoder: await createTextEncoder({ directory, sessions, dimension }) };
}
async function refusal(directory: string): Promise<string> {
  const error = await open(directory).then(
    () => expect.fail("it opened"),
    (fault: { code: string; message: string }) => fault,
  );
  expect(error.code).toBe("unavailable");
  return error.message;
}

describe("CLIP's preprocessing, by its own configuration", () => {
  it.each(goldenClip.pictures)("makes transformers' pixel values of a $name picture", async (golden) => {
    const { preprocessor } = await openPreprocessor(STOCK);
    const values = preprocessor.pixelValues(clipPicture(golden));
    expect(difference(values, floats(golden.pixelValues))).toBeLessThan(1.01 * BYTE);
  });
  it("is found in processor_config.json, too, where transformers 5 writes it", async () => {
    const copy = await copyOf(STOCK);
    const config = await readFile(join(copy, "preprocessor_config.json"), "utf8");
    await rm(join(copy, "preprocessor_config.json"));
    await writeFile(join(copy, "processor_config.json"), `{"image_processor": ${config}}`);
    expect((await openPreprocessor(copy)).preprocessor).toMatchObject({ width: 64, height: 64 });
    expect((await open(copy)).imageEncoder.dimension).toBe(24);
  });
});

describe.each([
  ["our export", DENSE],
  ["a stock export", STOCK],
])("%s of CLIP", (_name, directory) => {
  it("embeds pictures as transformers does", async () => {
    const { imageEncoder } = await open(directory);
    for (const golden of goldenClip.pictures) {
      const { embedding } = await imageEncoder.encode(clipPicture(golden));
      expect(difference(embedding, golden.embedding)).toBeLessThan(0.02);
    }
  });
  it("reads texts as transformers does, also empty ones and those too long for it", async () => {
    const tokens = await openTextTokens(directory);
    const { textEncoder } = await open(directory);
    const embeddings = await textEncoder.embed(goldenClip.texts.map(({ text }) => text));
    for (const [index, golden] of goldenClip.texts.entries()) {
      expect(tokens.idsOf(golden.text)).toEqual(golden.ids);
      expect(difference(embeddings[index]!, golden.embedding)).toBeLessThan(1e-4);
    }
  });
});

describe("our export of CLIP", () => {
  it("has the patches of CLIP Surgery, as computed another way", async () => {
    const { imageEncoder } = await open(DENSE);
    expect(imageEncoder.patches).toEqual({ kind: "patches", count: 16 });
    for (const golden of goldenClip.pictures) {
      const { patches, grid } = await imageEncoder.encode(clipPicture(golden));
      expect(grid).toEqual({ rows: 4, columns: 4 });
      expect(difference(patches, golden.patches)).toBeLessThan(0.02);
    }
  });
  it("compares patches with a text less what all texts share", async () => {
    const { textEncoder } = await open(DENSE);
    const texts = goldenClip.texts.map(({ text }) => text);
    const directions = await textEncoder.embedForPatches(texts);
    for (const [index, golden] of goldenClip.texts.entries()) {
      expect(difference(directions[index]!, golden.relevance)).toBeLessThan(1e-4);
      expect(difference(directions[index]!, golden.embedding)).toBeGreaterThan(0.01);
    }
  });
});

describe("a stock export of CLIP", () => {
  it("has no patches, and says why and what would change that", async () => {
    const { imageEncoder, textEncoder } = await open(STOCK);
    expect(imageEncoder.patches).toMatchObject({
      kind: "none",
      reason: expect.stringMatching(/none for its patches.*training\/export/s),
    });
    const encoded = await imageEncoder.encode(clipPicture(goldenClip.pictures[0]!));
    expect(encoded).toMatchObject({ grid: { rows: 0, columns: 0 }, features: null });
    expect(encoded.patches).toHaveLength(0);
    expect(await textEncoder.embedForPatches(["money"])).toEqual(await textEncoder.embed(["money"]));
  });
  it("gives the same where one graph holds both towers", async () => {
    const copy = await copyOf(STOCK);
    for (const graph of ["vision_model", "text_model"]) await rm(join(copy, `onnx/${graph}.onnx`));
    const { imageEncoder, textEncoder } = await open(copy);
    const encodings = await Promise.all(
      goldenClip.pictures.map((golden) => imageEncoder.encode(clipPicture(golden))),
    );
    // Its weights are stored in half precision.
    for (const [index, { embedding }] of encodings.entries())
      expect(difference(embedding, goldenClip.pictures[index]!.embedding)).toBeLessThan(0.05);
    const texts = goldenClip.texts.map(({ text }) => text);
    for (const [index, embedding] of (await textEncoder.embed(texts)).entries())
      expect(difference(embedding, goldenClip.texts[index]!.embedding)).toBeLessThan(0.05);
  });
  it("goes through one by one where its weights are quantised with a scale for the whole batch", async () => {
    const copy = await copyOf(STOCK);
    for (const graph of ["vision_model", "text_model"])
      await rename(join(copy, `onnx/${graph}.onnx`), join(copy, `onnx/${graph}_quantized.onnx`));
    const batches: number[] = [];
    const options = { directory: copy, sessions: counted(sessions, batches) };
    const imageEncoder = await createImageEncoder(options);
    const textEncoder = await createTextEncoder(options);
    batches.length = 0;
    await Promise.all(goldenClip.pictures.map((golden) => imageEncoder.encode(clipPicture(golden))));
    await textEncoder.embed(["money", "a castle"]);
    expect(batches).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("a CLIP directory that is not whole", () => {
  it.each(["config.json", "preprocessor_config.json", "tokenizer.json"])(
    "names the missing %s",
    async (file) => {
      const copy = await copyOf(STOCK);
      await rm(join(copy, file));
      expect(await refusal(copy)).toContain(`has no ${file}; download it again`);
    },
  );
  it.each(["vision_model", "text_model"])("names a truncated %s", async (graph) => {
    const copy = await copyOf(STOCK);
    await truncate(join(copy, `onnx/${graph}.onnx`), 1000);
    expect(await refusal(copy)).toContain(`${graph}.onnx cannot be opened; download the model again`);
  });
  it("says that a settings file is cut off", async () => {
    const copy = await copyOf(STOCK);
    await truncate(join(copy, "tokenizer.json"), 1000);
    expect(await refusal(copy)).toContain("tokenizer.json cannot be read");
  });
  it("says that a file called tokenizer.json is none", async () => {
    const copy = await copyOf(STOCK);
    await writeFile(join(copy, "tokenizer.json"), "{}");
    expect(await refusal(copy)).toContain("tokenizer.json is none that Rora can read");
  });
  it("tells pictures of another size than the graph takes", async () => {
    const copy = await copyOf(STOCK);
    await edit(join(copy, "preprocessor_config.json"), (config) =>
      Object.assign(config, { crop_size: 96, size: 96 }),
    );
    expect(await refusal(copy)).toContain("does not take pictures of 96 × 96");
  });
  it("tells a tokenizer of another model: one that ends otherwise, and one with tokens the tower lacks", async () => {
    const ends = await copyOf(STOCK);
    await cp(join(TINY, "tokenizer.json"), join(ends, "tokenizer.json"));
    expect(await refusal(ends)).toContain("is not that of its text encoder");
    const larger = await copyOf(STOCK);
    await edit(join(larger, "tokenizer.json"), (json) => {
      const tokens = json.added_tokens as { id: number }[];
      const post = json.post_processor as { sep: [string, number] };
      tokens.at(-1)!.id = post.sep[1] = 900;
    });
    expect(await refusal(larger)).toContain("is not that of its text encoder");
  });
  it("tells towers of two models", async () => {
    const copy = await copyOf(DENSE);
    for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/text_model.onnx"])
      await cp(join(TINY, file), join(copy, file));
    expect(await refusal(copy)).toContain("pictures become 24 numbers, texts 16");
  });
  it("says that a graph wants its pixels in another precision than Rora makes", async () => {
    const copy = await copyOf(STOCK);
    await cp(join(STOCK, "../half-inputs.onnx"), join(copy, "onnx/vision_model.onnx"));
    expect(await refusal(copy)).toContain("vision_model.onnx takes pixels as float16");
  });
  it("says what another architecture gives in place of embeddings", async () => {
    const copy = await copyOf(STOCK);
    await edit(join(copy, "config.json"), (config) => Object.assign(config, { model_type: "siglip" }));
    for (const graph of ["vision_model", "text_model"]) await rm(join(copy, `onnx/${graph}.onnx`));
    await cp(join(TINY, "onnx/embed_tokens.onnx"), join(copy, "onnx/vision_model.onnx"));
    expect(await refusal(copy)).toMatch(
      /\(siglip\) cannot be used.*no output image_embeds, only inputs_embeds/,
    );
  });
});
