/**
 * What refinement saves as pictures are added to a prompt: visual tokens, time until the first word, and whole answer, with all
 * patches and with the share that Rora keeps, in turn; of the starter, and of a larger model beside it. The larger model looks at each
 * picture itself, which is in its times; the starter's pictures are seen once for retrieval as well, before a prompt begins.
 * Usage: npx tsx tests/bench/pruning.ts MODEL [--pictures 1,2,3,4,5,6] [--tokens 16] [--rounds 3]
 * MODEL: a LLaVA in Hugging Face's layout; training/export/make_bench_llava.py makes one of real shape with random weights.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createAnswerModel } from "../../src/adapters/onnx/answer-model.ts";
import { createImageEncoder } from "../../src/adapters/onnx/image-encoder.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { createImageDecoder } from "../../src/adapters/sharp/image-decoder.ts";
import type { DecodedImage, EncodedImage, PromptPicture } from "../../src/domain/image.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import type { AnswerModel, PromptMessage, PromptPart } from "../../src/ports.ts";
import { visualTokens } from "../../src/vision/refinement.ts";
import { machineLine } from "./machine.ts";
import { asUnseen, benchQuestions } from "./questions.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pictures: { type: "string", default: "1,2,3,4,5,6" },
    tokens: { type: "string", default: "16" },
    rounds: { type: "string", default: "3" },
  },
});
const directory = positionals[0];
if (directory === undefined) {
  console.error("usage: npx tsx tests/bench/pruning.ts MODEL [--pictures 1,2,3] [--tokens 16] [--rounds 3]");
  process.exit(2);
}
/** How many patches of a hundred the product keeps. */
const KEPT_SHARE = 0.08;
const { signal } = new AbortController();

interface Contender {
  readonly name: string;
  readonly model: AnswerModel;
  /** Patches of one picture. */
  readonly patches: number;
  show(picture: DecodedImage, kept: readonly number[]): Promise<PromptPicture>;
}

console.log(machineLine());
const sessions = createSessions();
const decoder = createImageDecoder();
const counts = values.pictures.split(",").map(Number);
const pictures = await Promise.all(
  (await benchQuestions(0, Math.max(...counts))).map(({ image }) => decoder.decode({ bytes: image })),
);
for (const contender of [await starter(), await larger(directory)]) await measure(contender);
await sessions.close();

async function measure({ name, model, patches, show }: Contender): Promise<void> {
  const every = Array.from({ length: patches }, (_, patch) => patch);
  // What is kept lies together, as what matters in a picture does.
  const kept = every.slice(0, Math.round(KEPT_SHARE * patches));
  const rows = [];
  for (const count of counts) {
    const variants = [
      { patches: every, first: [] as number[], whole: [] as number[] },
      { patches: kept, first: [] as number[], whole: [] as number[] },
    ];
    // The first round warms up.
    for (let round = 0; round <= Number(values.rounds); round++) {
      for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
        const shown = await Promise.all(
          pictures.slice(0, count).map((picture) => show(picture, variant.patches)),
        );
        const { first, whole } = await timed(model, promptOf(shown));
        if (round === 0) continue;
        variant.first.push(first);
        variant.whole.push(whole);
      }
    }
    const [all, refined] = variants.map(({ first, whole }) => [
      percentile(first, 0.5),
      percentile(whole, 0.5),
    ]);
    rows.push({
      pictures: count,
      "visual tokens, all": count * every.length,
      refined: count * kept.length,
      "first word ms, all": Math.round(all![0]!),
      "refined ms": Math.round(refined![0]!),
      "whole answer ms, all": Math.round(all![1]!),
      "refined, whole ms": Math.round(refined![1]!),
      "times as fast": Number((all![1]! / refined![1]!).toFixed(2)),
    });
  }
  console.log(name);
  console.table(rows);
}

async function starter(): Promise<Contender> {
  const folder = "models/starter";
  const encoder = await createImageEncoder({ directory: folder, sessions });
  const seen = new Map<DecodedImage, EncodedImage>();
  for (const picture of pictures) seen.set(picture, await encoder.encode(picture));
  const [{ grid, featureSize }] = [...seen.values()] as [EncodedImage];
  return {
    name: "the starter",
    model: await createAnswerModel({ directory: folder, sessions, tower: { featureSize } }),
    patches: grid.rows * grid.columns,
    show: async (picture, kept) => ({
      tokens: visualTokens(seen.get(picture)!, kept),
      map: { ...grid, scores: [], kept },
      decode: async () => picture,
    }),
  };
}

async function larger(folder: string): Promise<Contender> {
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  const side = config.vision_config.image_size / config.vision_config.patch_size;
  return {
    name: `a ${config.model_type} whose decoder has ${config.text_config.num_hidden_layers} layers of width ${config.text_config.hidden_size}`,
    model: await createAnswerModel({ directory: folder, sessions, tower: "own" }),
    patches: side * side,
    show: async (picture, kept) => ({
      tokens: null,
      map: { rows: side, columns: side, scores: [], kept },
      decode: async () => asUnseen(picture),
    }),
  };
}

/** Milliseconds. */
async function timed(model: AnswerModel, messages: readonly PromptMessage[]) {
  const begun = performance.now();
  let first = 0;
  for await (const _ of model.generate(messages, { maximumTokens: Number(values.tokens), signal })) {
    if (first === 0) first = performance.now() - begun;
  }
  return { first, whole: performance.now() - begun };
}

function promptOf(shown: readonly PromptPicture[]): PromptMessage[] {
  const content = shown.flatMap((picture, number): PromptPart[] => [
    { kind: "text", text: `[${number + 1}] ` },
    { kind: "image", picture },
    { kind: "text", text: " In the country people speak and pay as they do there.\n" },
  ]);
  return [
    { role: "user", content: [...content, { kind: "text", text: "Which money do people pay with there?" }] },
  ];
}
