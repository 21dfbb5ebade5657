/**
 * Tries a device in a process of its own: `node device-probe.mjs webgpu`. A graphics driver may end the process it is loaded
 * into, and ONNX Runtime writes the reason why a library cannot be loaded to stderr alone. The last line of stdout is JSON,
 * `{ device: ms, cpu: ms }`, the time of eight products of 512×512 matrices, or `{ error }`. Plain JavaScript, so that it
 * runs whatever loader started the parent.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";

// As in no-telemetry.ts, in case this is run by itself.
process.env.ORT_DISABLE_TELEMETRY = "1";

const SIZE = 512;
/** y = x⁹, eight products, for x [n, n] float32; made with onnx.helper, opset 13. */
const POWER = Buffer.from(
  "CAg62wEKEgoBeAoBeBICcDAiBk1hdE11bAoTCgJwMAoBeBICcDEiBk1hdE11bAoTCgJwMQoBeBICcDIiBk1hdE11bAoTCgJwMgoBeBICcDMiBk1hdE11bAoTCgJwMwoBeBICcDQiBk1hdE11bAoTCgJwNAoBeBICcDUiBk1hdE11bAoTCgJwNQoBeBICcDYiBk1hdE11bAoSCgJwNgoBeBIBeSIGTWF0TXVsEgVwb3dlcloVCgF4EhAKDggBEgoKAxIBbgoDEgFuYhUKAXkSEAoOCAESCgoDEgFuCgMSAW5CBAoAEA0=",
  "base64",
);
/** Its own product, exactly: a device that computes wrongly does not give it back. */
const MEAN = new Float32Array(SIZE * SIZE).fill(1 / SIZE);
/** Milliseconds after which a first run needs no second one: no GPU is that slow, only one imitated by the processor. */
const HOPELESS = 5_000;

/** Milliseconds of the second run: the first also compiles and warms up. */
async function timeOn(device) {
  const session = await InferenceSession.create(POWER, { executionProviders: [device], logSeverityLevel: 3 });
  let milliseconds = 0;
  for (let run = 0; run < 2 && milliseconds < HOPELESS; run++) {
    const before = performance.now();
    const { y } = await session.run({ x: new Tensor("float32", MEAN, [SIZE, SIZE]) });
    milliseconds = performance.now() - before;
    if (!y.data.every((value) => value === 1 / SIZE)) throw new Error("It computes wrongly.");
  }
  await session.release();
  return milliseconds;
}

try {
  console.log(JSON.stringify({ device: await timeOn(process.argv[2]), cpu: await timeOn("cpu") }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error?.message ?? error) }));
}
