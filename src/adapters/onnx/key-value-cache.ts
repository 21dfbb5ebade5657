import { type InferenceSession, Tensor } from "onnxruntime-node";
import { RoraError } from "../../errors.ts";
import { readable } from "./half-precision.ts";
import type { ModelConfig } from "./model-directory.ts";

/** Attention keys and values of everything read so far, by the name of the graph's input. */
export type KeyValueCache = Readonly<Record<string, Tensor>>;

const PAST = "past_key_values.";
const PRESENT = "present.";

/** A cache of length 0 in the shapes the graph asks for; what the graph leaves open comes from the configuration. */
export function emptyCache(session: InferenceSession, config: ModelConfig): KeyValueCache {
  const cache: Record<string, Tensor> = {};
  for (const input of session.inputMetadata) {
    if (!input.isTensor || !input.name.startsWith(PAST)) continue;
    // [batch, heads, past, head size]
    const known = [1, config.num_key_value_heads, 0, config.head_dim];
    const dims = input.shape.map((size, axis) => (typeof size === "number" ? size : (known[axis] ?? 0)));
    cache[input.name] = emptyTensor(input.type, dims);
  }
  return cache;
}

/** The graph's outputs become its next inputs as they are, without copying; the former cache is let go. */
export function advanceCache(cache: KeyValueCache, outputs: InferenceSession.ReturnType): KeyValueCache {
  const advanced: Record<string, Tensor> = {};
  for (const name of Object.keys(cache)) {
    advanced[name] = readable(outputs[PRESENT + name.slice(PAST.length)] as Tensor);
  }
  disposeCache(cache);
  return advanced;
}

export function disposeCache(cache: KeyValueCache): void {
  for (const tensor of Object.values(cache)) tensor.dispose();
}

function emptyTensor(type: Tensor.Type, dims: number[]): Tensor {
  if (type === "float32") return new Tensor(type, new Float32Array(0), dims);
  if (type === "int64") return new Tensor(type, new BigInt64Array(0), dims);
  if (type === "float16") return readable(new Tensor(type, new Uint16Array(0), dims));
  throw new RoraError(
    "unavailable",
    `The answering model keeps its cache as ${type}, which Rora cannot hold; choose another dtype.`,
  );
}
