/**
 * Rora's decoding loop beside @huggingface/transformers on the same directory: one picture, all of its patches, greedy. Both run on the
 * same version of ONNX Runtime with the same threads, in turn; both must write the same tokens, or the times mean nothing.
 * Usage: npm ci --prefix tests/bench/peer && npx tsx tests/bench/transformers-js.ts MODEL [--tokens 16] [--rounds 5]
 * MODEL: a LLaVA in Hugging Face's layout, such as training/export/make_bench_llava.py makes.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createAnswerModel } from "../../src/adapters/onnx/answer-model.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { createImageDecoder } from "../../src/adapters/sharp/image-decoder.ts";
import type { DecodedImage, PromptPicture } from "../../src/domain/image.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import type { PromptMessage } from "../../src/ports.ts";
import { machineLine } from "./machine.ts";
import { asUnseen, benchQuestions } from "./questions.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tokens: { type: "string", default: "16" }, rounds: { type: "string", default: "5" } },
});
const directory = positionals[0];
if (directory === undefined) {
  console.error("usage: npx tsx tests/bench/transformers-js.ts MODEL [--tokens 16] [--rounds 5]");
  process.exit(2);
}
const tokens = Number(values.tokens);
/** Patches of a picture along a side, as make_bench_llava.py has them. */
const SIDE = 14;
const QUESTION = " Which money do people pay with there?";

interface Contender {
  readonly name: string;
  readonly times: number[];
  /** Writes `tokens` tokens; resolves to their text. */
  answer(): Promise<string>;
}

console.log(machineLine());
const [question] = await benchQuestions(0, 1);
const decoded = await createImageDecoder().decode({ bytes: question!.image });
const sessions = createSessions();
const contenders = [await ours(resolve(directory), decoded), await theirs(resolve(directory), decoded)];
const said = new Set<string>();
// The first round warms up.
for (let round = 0; round <= Number(values.rounds); round++) {
  for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
    const begun = performance.now();
    said.add(await contender.answer());
    if (round > 0) contender.times.push(performance.now() - begun);
  }
}
if (said.size > 1) throw new Error(`They do not say the same: ${[...said].join(" / ")}`);
console.table(
  contenders.map(({ name, times }) => ({
    name,
    "p50 ms": Math.round(percentile(times, 0.5)),
    "fastest ms": Math.round(Math.min(...times)),
    "slowest ms": Math.round(Math.max(...times)),
  })),
);
await sessions.close();

async function ours(model: string, picture: DecodedImage): Promise<Contender> {
  const answering = await createAnswerModel({ directory: model, sessions, tower: "own" });
  const kept = Array.from({ length: SIDE * SIDE }, (_, patch) => patch);
  const map = { rows: SIDE, columns: SIDE, scores: kept.map(() => 0), kept };
  const { signal } = new AbortController();
  return {
    name: "Rora",
    times: [],
    async answer() {
      const shown: PromptPicture = { tokens: null, map, decode: async () => asUnseen(picture) };
      const content = [
        { kind: "image", picture: shown },
        { kind: "text", text: QUESTION },
      ] as const;
      const messages: PromptMessage[] = [{ role: "user", content: [...content] }];
      let text = "";
      for await (const token of answering.generate(messages, { maximumTokens: tokens, signal }))
        text += token.text;
      return text;
    },
  };
}

async function theirs(model: string, picture: DecodedImage): Promise<Contender> {
  const entry = createRequire(join(import.meta.dirname, "peer/package.json")).resolve(
    "@huggingface/transformers",
  );
  const hugging = await import(pathToFileURL(entry).href);
  hugging.env.allowRemoteModels = false;
  hugging.env.localModelPath = `${dirname(model)}/`;
  const name = basename(model);
  const tokenizer = await hugging.AutoTokenizer.from_pretrained(name);
  const look = await hugging.AutoImageProcessor.from_pretrained(name);
  const loaded = await hugging.LlavaForConditionalGeneration.from_pretrained(name, { dtype: "fp32" });
  const template = await readFile(join(model, "chat_template.jinja"), "utf8");
  return {
    name: `@huggingface/transformers ${hugging.env.version}`,
    times: [],
    async answer() {
      const { pixels, width, height } = picture;
      const image = new hugging.RawImage(new Uint8ClampedArray(pixels), width, height, 3);
      const content = [{ type: "image" }, { type: "text", text: QUESTION }];
      const options = { chat_template: template, tokenize: false, add_generation_prompt: true };
      const prompt = tokenizer.apply_chat_template([{ role: "user", content }], options);
      // Its processor counts the class token, too, which the model leaves out, and then refuses its own prompt.
      const text = prompt.replace("<image>", "<image>".repeat(SIDE * SIDE));
      const { pixel_values } = await look(image);
      const inputs = tokenizer(text, { add_special_tokens: false });
      const output = await loaded.generate({
        ...inputs,
        pixel_values,
        max_new_tokens: tokens,
        do_sample: false,
      });
      const written = output.slice(null, [inputs.input_ids.dims.at(-1), null]);
      return tokenizer.batch_decode(written, { skip_special_tokens: true })[0];
    },
  };
}
