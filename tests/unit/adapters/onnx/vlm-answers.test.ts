/** What must hold for whatever model answers: streaming, ending, cancelling, drawing, precisions, and directories that are wrong. */
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnswerModelOptions, createAnswerModel } from "../../../../src/adapters/onnx/answer-model.ts";
import type { GeneratedToken } from "../../../../src/ports.ts";
import { collect, difference, tinySessions } from "./tiny.ts";
import { goldenOf, messagesOf, modelFolder, type Pass, watched } from "./vlm.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());

const golden = goldenOf("llava");
const three = golden.generations[3]!;
const never = new AbortController().signal;

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "rora-vlm-")), "llava");
  await cp(modelFolder("llava"), directory, { recursive: true });
});
afterEach(() => rm(join(directory, ".."), { recursive: true }));

async function change(file: string, changes: object): Promise<void> {
  const path = join(directory, file);
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...changes }));
}

const open = (more: Partial<AnswerModelOptions> = {}) =>
  createAnswerModel({ directory, sessions, dtype: "fp32", tower: "own", ...more });

/** Ids the decoder was given one by one, which are those it chose before. */
async function chosenIds(more: Partial<AnswerModelOptions> = {}, maximumTokens = 10): Promise<number[]> {
  const passes: Pass[] = [];
  const model = await open({ sessions: watched(sessions, passes), ...more });
  await collect(model.generate(messagesOf(golden, three), { maximumTokens, signal: never }));
  return passes.slice(1).flatMap(({ ids }) => ids);
}

describe("an answer", () => {
  it("ends at any of the end tokens that generation_config.json lists", async () => {
    await change("generation_config.json", { eos_token_id: [2, three.tokens[4]!, three.tokens[6]!] });
    expect(await chosenIds()).toEqual(three.tokens.slice(0, 4));
  });

  it("ends where the text model's configuration says, when nothing nearer does", async () => {
    await change("generation_config.json", { eos_token_id: undefined });
    const { text_config } = JSON.parse(await readFile(join(directory, "config.json"), "utf8"));
    await change("config.json", { text_config: { ...text_config, eos_token_id: three.tokens[2]! } });
    expect(await chosenIds()).toEqual(three.tokens.slice(0, 2));
  });

  it("comes token by token, and ends with the reason when nobody waits for it any more", async () => {
    const controller = new AbortController();
    const reason = new Error("nobody waits any more");
    const seen: GeneratedToken[] = [];
    const model = await open();
    const run = async () => {
      const options = { maximumTokens: 10, signal: controller.signal };
      for await (const token of model.generate(messagesOf(golden, three), options)) {
        seen.push(token);
        if (seen.length === 3) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    expect(seen).toHaveLength(3);
  });

  it("is drawn from a seed: the same again for the same, another for another", async () => {
    await change("generation_config.json", { temperature: 3, top_k: 0, top_p: 1 });
    const [first, again, other] = [
      await chosenIds({ seed: 1 }),
      await chosenIds({ seed: 1 }),
      await chosenIds({ seed: 2 }),
    ];
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
  });

  it("is the likeliest one when only one token may be drawn", async () => {
    await change("generation_config.json", { top_k: 1 });
    expect(await chosenIds({ seed: 5 })).toEqual(three.tokens.slice(0, 9));
  });

  it("may be told what to do before the prompt", async () => {
    const passes: Pass[] = [];
    const model = await open({ sessions: watched(sessions, passes), instruction: "money" });
    await collect(model.generate(messagesOf(golden, three), { maximumTokens: 1, signal: never }));
    expect(passes[0]!.ids.length).toBeGreaterThan(three.ids.length);
    expect(passes[0]!.ids.slice(-50)).toEqual(three.ids.slice(-50));
  });
});

describe("precisions", () => {
  // Largest difference by the largest logit. Two versions of ONNX Runtime round halves and 8-bit activations differently.
  it.each([
    ["fp16", 0.01],
    ["int8", 0.02],
    ["q4", 0.02],
    ["q4f16", 0.05],
  ] as const)("%s answers as ONNX Runtime for Python does with the same graphs", async (dtype, most) => {
    const { logits } = await firstPass(dtype);
    const expected = golden.precisions[dtype]!;
    expect(difference(logits, expected)).toBeLessThan(most * Math.max(...expected.map(Math.abs)));
  });

  it.each([
    ["fp16", 0.9999],
    ["q8", 0.99],
  ] as const)("%s answers nearly as PyTorch does in float32", async (dtype, least) => {
    expect(cosine((await firstPass(dtype)).logits, three.logits)).toBeGreaterThan(least);
  });

  it("that are not there are named, with those that are", async () => {
    await expect(open({ dtype: "uint8" })).rejects.toThrow(
      /"llava" has no decoder_model_merged in uint8; it has it in int8, fp32, q4, fp16, q4f16/,
    );
  });
});

describe("before any question is taken, it says", () => {
  it.each(["config.json", "tokenizer.json", "preprocessor_config.json", "onnx/vision_encoder.onnx"])(
    "that %s is missing",
    async (file) => {
      if (file.startsWith("onnx")) await rm(join(directory, "onnx/vision_encoder_q4f16.onnx"));
      await rm(join(directory, file));
      await expect(open()).rejects.toMatchObject({ code: "unavailable", message: sentence(file) });
    },
  );

  it.each(["embed_tokens", "vision_encoder", "decoder_model_merged"])("that %s is cut off", async (graph) => {
    await truncate(join(directory, `onnx/${graph}.onnx`), 9_000);
    await expect(open()).rejects.toMatchObject({
      code: "unavailable",
      message: `The model file ${graph}.onnx cannot be opened; download the model again.`,
    });
  });

  it("which architecture it cannot run, and which it can", async () => {
    await change("config.json", { model_type: "qwen2_vl" });
    await expect(open()).rejects.toThrow(/architecture "qwen2_vl", which Rora cannot run.*llava.*idefics3/);
  });

  it("that the tokenizer is another model's", async () => {
    const tokenizer = JSON.parse(await readFile(join(directory, "tokenizer.json"), "utf8"));
    tokenizer.added_tokens.push({ ...tokenizer.added_tokens[0], id: 400, content: "<other>" });
    await change("tokenizer.json", tokenizer);
    await expect(open()).rejects.toThrow(
      /tokenizer\.json has 401 tokens, which is more than its embed_tokens/,
    );
  });

  it("that the image token is not in the tokenizer", async () => {
    await change("config.json", { image_token_index: 319 });
    await expect(open()).rejects.toThrow(/has no token 319.*image token/);
  });

  it("that the chat template takes no pictures", async () => {
    await writeFile(join(directory, "chat_template.jinja"), "{{ messages[0].role }}");
    await expect(open()).rejects.toThrow(/chat template does not take pictures/);
  });

  it("that pictures are prepared for another vision encoder", async () => {
    await change("preprocessor_config.json", { size: { width: 96, height: 32 }, do_center_crop: false });
    await expect(open()).rejects.toThrow(/does not take pictures of 96 × 32 pixels/);
  });

  it("that the vision encoder's tokens form no grid", async () => {
    await cp(modelFolder("llava-onevision"), directory, { recursive: true });
    await change("config.json", { model_type: "llava" });
    await expect(open()).rejects.toThrow(/gives 17 visual tokens, which form no grid/);
  });

  it("that a graph is another model's", async () => {
    await cp(
      join(import.meta.dirname, "../../../../models/starter/onnx/embed_tokens.onnx"),
      join(directory, "onnx/embed_tokens.onnx"),
    );
    await expect(open()).rejects.toThrow(/embed_tokens gives 256 numbers a token and its decoder wants 32/);
  });
});

/** After a few more tokens, so that the cache has gone round. */
async function firstPass(dtype: AnswerModelOptions["dtype"] & string): Promise<Pass> {
  const passes: Pass[] = [];
  const model = await open({ sessions: watched(sessions, passes), dtype });
  await collect(model.generate(messagesOf(golden, three), { maximumTokens: 4, signal: never }));
  expect(passes).toHaveLength(4);
  return passes[0]!;
}

function sentence(file: string) {
  return expect.stringMatching(new RegExp(`has no ${file.replace(/[./]/g, "\\$&")}; download it again`));
}

function cosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const dot = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    Array.from(one).reduce((sum, value, index) => sum + value * other[index]!, 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}
