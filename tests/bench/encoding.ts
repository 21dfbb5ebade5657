/**
 * Pictures a second that the encoder takes, by how many are asked for at once; the pictures asked for together go through in one pass.
 * Usage: npx tsx tests/bench/encoding.ts [--model models/starter] [--batches 1,2,4,8,16] [--rounds 24]
 */
import { parseArgs } from "node:util";
import { createImageEncoder } from "../../src/adapters/onnx/image-encoder.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { createImageDecoder } from "../../src/adapters/sharp/image-decoder.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import { machineLine } from "./machine.ts";
import { benchQuestions } from "./questions.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "models/starter" },
    batches: { type: "string", default: "1,2,4,8,16" },
    rounds: { type: "string", default: "24" },
  },
});
const sizes = values.batches.split(",").map(Number);
const rounds = Number(values.rounds);

console.log(machineLine());
const sessions = createSessions();
// One byte of cache: every picture is encoded anew.
const encoder = await createImageEncoder({ directory: values.model, sessions, cacheBytes: 1 });
const decoder = createImageDecoder();
const pictures = await Promise.all(
  (await benchQuestions(0, Math.max(...sizes))).map(({ image }) => decoder.decode({ bytes: image })),
);
const times = new Map(sizes.map((size) => [size, [] as number[]]));
// All sizes in turn, so that what slows the machine down meets them all; the first rounds warm up.
for (let round = -2; round < rounds; round++) {
  for (const size of round % 2 === 0 ? sizes : sizes.toReversed()) {
    const begun = performance.now();
    await Promise.all(pictures.slice(0, size).map((picture) => encoder.encode(picture)));
    if (round >= 0) times.get(size)!.push(performance.now() - begun);
  }
}
console.table(
  sizes.map((size) => {
    const median = percentile(times.get(size)!, 0.5);
    return {
      "at once": size,
      "p50 ms": Number(median.toFixed(1)),
      "pictures a second": Number(((1000 * size) / median).toFixed(1)),
    };
  }),
);
await sessions.close();
