/**
 * Our decoding loop against a plain one on ONNX Runtime, on the same graphs and the same prompts, which the assistant made of the
 * example scenes. Both must choose the same tokens. @huggingface/transformers is no peer here: it loads architectures it knows by
 * `model_type`, and takes every layer's cache to have one shape; the starter is neither known nor of one shape.
 * Usage: npx tsx tests/bench/decoding.ts [--model models/starter] [--questions 12] [--rounds 5]
 */
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { decodeTokens } from "../../src/adapters/onnx/decoding-loop.ts";
import { graphFile, type ModelConfig } from "../../src/adapters/onnx/model-directory.ts";
import { createPromptRenderer, type TokenizedPrompt } from "../../src/adapters/onnx/prompt.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { likeliest } from "../../src/adapters/onnx/token-choice.ts";
import { openTokenizer } from "../../src/adapters/onnx/tokenizer.ts";
import { createAssistant } from "../../src/assistant.ts";
import { askOnce } from "../../src/evaluation/ask-once.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import type { PromptMessage } from "../../src/ports.ts";
import { openTemporaryCore } from "../../src/temporary-core.ts";
import { machineLine } from "./machine.ts";
import { decodePlainly } from "./plain-loop.ts";
import { benchQuestions } from "./questions.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "models/starter" },
    questions: { type: "string", default: "12" },
    rounds: { type: "string", default: "5" },
    tokens: { type: "string", default: "32" },
  },
});
const directory = values.model;
const maximumTokens = Number(values.tokens);
console.log(machineLine());

const config = JSON.parse(readFileSync(join(directory, "config.json"), "utf8")) as ModelConfig;
const imageToken = config.image_token_index!;
const endTokens = new Set([config.eos_token_id!].flat());
const sessions = createSessions();
const decoder = await sessions.open(graphFile(directory, "decoder_model_merged", "auto"));
const embedder = await sessions.open(graphFile(directory, "embed_tokens", "auto"));
const renderer = await createPromptRenderer(directory, await openTokenizer(directory), imageToken);
const prompts = (await assembledPrompts()).map((messages) => renderer.render(messages));

const rows = [];
for (const prompt of prompts) {
  const ours: number[] = [];
  const plain: number[] = [];
  let tokens = 0;
  for (let round = 0; round <= Number(values.rounds); round++) {
    const loops = [
      { run: () => decodeWithOurs(prompt), times: ours },
      { run: () => decodeWithPlain(prompt), times: plain },
    ];
    const chosen: number[][] = [];
    for (const { run, times } of round % 2 === 0 ? loops : loops.toReversed()) {
      const begun = performance.now();
      chosen.push(await run());
      // The first round warms up.
      if (round > 0) times.push(performance.now() - begun);
    }
    deepStrictEqual(chosen[0], chosen[1], "the two loops chose different tokens");
    tokens = chosen[0]!.length;
  }
  const ratios = ours.map((time, round) => time / plain[round]!);
  rows.push({
    "prompt tokens": prompt.ids.length,
    "answer tokens": tokens,
    "ours ms": round(percentile(ours, 0.5)),
    "plain ms": round(percentile(plain, 0.5)),
    "ours / plain": round(percentile(ratios, 0.5)),
  });
}
console.table(rows);
const median = percentile(
  rows.map((row) => row["ours / plain"]),
  0.5,
);
console.log(
  `same tokens in all ${prompts.length} prompts; ours takes ${round(median)} times as long as the plain loop (median)`,
);
await sessions.close();

/** The prompts that the assistant writes for the example scenes. */
async function assembledPrompts(): Promise<PromptMessage[][]> {
  const { parts, close } = await openTemporaryCore(directory);
  const prompts: PromptMessage[][] = [];
  const answerModel: typeof parts.answerModel = {
    ...parts.answerModel,
    generate(messages) {
      prompts.push([...messages]);
      return (async function* () {})();
    },
  };
  const assistant = createAssistant({ ...parts, answerModel });
  for (const question of await benchQuestions(0, Number(values.questions)))
    await askOnce(assistant, question);
  await close();
  return prompts;
}

async function decodeWithOurs(prompt: TokenizedPrompt): Promise<number[]> {
  const ids: number[] = [];
  const tokens = decodeTokens({
    decoder,
    config,
    promptIds: prompt.ids,
    promptEmbeddings: await embedPrompt(prompt),
    embed: (added) => embed(embedder, added),
    choose: likeliest,
    endTokens,
    maximumTokens,
    signal: new AbortController().signal,
  });
  for await (const { id } of tokens) ids.push(id);
  return ids;
}

async function decodeWithPlain(prompt: TokenizedPrompt): Promise<number[]> {
  return decodePlainly({
    decoder,
    embedder,
    promptEmbeddings: await embedPrompt(prompt),
    endTokens,
    maximumTokens,
  });
}

async function embed(session: InferenceSession, ids: readonly number[]): Promise<Tensor> {
  const input = new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
  return (await session.run({ input_ids: input })).inputs_embeds as Tensor;
}

/** [1, T, width] with the pictures' visual tokens in place of the image tokens, in order. */
async function embedPrompt(prompt: TokenizedPrompt): Promise<Tensor> {
  const embeddings = await embed(embedder, prompt.ids);
  const width = embeddings.dims[2]!;
  const features = prompt.pictures.flatMap((picture) =>
    picture.patches.map((_, token) => picture.features.subarray(token * width, (token + 1) * width)),
  );
  const places = prompt.ids.flatMap((id, position) => (id === imageToken ? [position] : []));
  for (const [order, position] of places.entries()) {
    (embeddings.data as Float32Array).set(features[order]!, position * width);
  }
  return embeddings;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
