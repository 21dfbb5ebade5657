/**
 * What refinement saves as pictures are added to a prompt: visual tokens, time until the first word, and whole answer, with all
 * patches and with the share that Rora keeps, in turn. Times include the model's own look at each picture.
 * Usage: npx tsx tests/bench/pruning.ts MODEL [--pictures 1,2,3,4,5,6] [--tokens 16] [--rounds 3]
 * MODEL: a LLaVA in Hugging Face's layout; training/export/make_bench_llava.py makes one of real shape with random weights.
 */
import { parseArgs } from "node:util";
import { createAnswerModel } from "../../src/adapters/onnx/answer-model.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { createImageDecoder } from "../../src/adapters/sharp/image-decoder.ts";
import type { DecodedImage, PromptPicture } from "../../src/domain/image.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import type { AnswerModel, PromptMessage, PromptPart } from "../../src/ports.ts";
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
/** The relevance map's grid, and how many of its patches the product keeps of a hundred. */
const SIDE = 14;
const KEPT_SHARE = 0.08;
const { signal } = new AbortController();

console.log(machineLine());
const sessions = createSessions();
const model = await createAnswerModel({ directory, sessions, tower: "own" });
const decoder = createImageDecoder();
const counts = values.pictures.split(",").map(Number);
const pictures = await Promise.all(
  (await benchQuestions(0, Math.max(...counts))).map(({ image }) => decoder.decode({ bytes: image })),
);
const every = Array.from({ length: SIDE * SIDE }, (_, patch) => patch);
// What is kept lies together, as what matters in a picture does.
const kept = every.slice(0, Math.round(KEPT_SHARE * every.length));

const rows = [];
for (const count of counts) {
  const variants = [
    { patches: every, first: [] as number[], whole: [] as number[] },
    { patches: kept, first: [] as number[], whole: [] as number[] },
  ];
  // The first round warms up.
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
      const { first, whole } = await timed(model, promptOf(pictures.slice(0, count), variant.patches));
      if (round === 0) continue;
      variant.first.push(first);
      variant.whole.push(whole);
    }
  }
  const [all, refined] = variants.map(({ first, whole }) => [percentile(first, 0.5), percentile(whole, 0.5)]);
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
console.table(rows);
await sessions.close();

async function timed(model: AnswerModel, messages: readonly PromptMessage[]) {
  const begun = performance.now();
  let first = 0;
  for await (const _ of model.generate(messages, { maximumTokens: Number(values.tokens), signal })) {
    if (first === 0) first = performance.now() - begun;
  }
  return { first, whole: performance.now() - begun };
}

function promptOf(shown: readonly DecodedImage[], patches: readonly number[]): PromptMessage[] {
  const content = shown.flatMap((picture, number): PromptPart[] => [
    { kind: "text", text: `[${number + 1}] ` },
    { kind: "image", picture: asShown(picture, patches) },
    { kind: "text", text: " In the country people speak and pay as they do there.\n" },
  ]);
  return [
    { role: "user", content: [...content, { kind: "text", text: "Which money do people pay with there?" }] },
  ];
}

function asShown(picture: DecodedImage, patches: readonly number[]): PromptPicture {
  const map = { rows: SIDE, columns: SIDE, scores: every.map(() => 0), kept: patches };
  return { tokens: null, map, decode: async () => asUnseen(picture) };
}
