import { type InferenceSession, Tensor } from "onnxruntime-node";
import { RoraError } from "../../errors.ts";
import { advanceCache, disposeCache, emptyCache } from "./key-value-cache.ts";
import type { ModelConfig } from "./model-directory.ts";

export interface ChosenToken {
  readonly id: number;
  /** Natural log of its probability. */
  readonly logProbability: number;
}

export interface DecodingOptions {
  /** inputs_embeds, attention_mask, [position_ids], past_key_values.* → logits, present.* */
  readonly decoder: InferenceSession;
  readonly config: ModelConfig;
  readonly promptIds: readonly number[];
  /** [1, prompt length, width], the visual tokens in place. */
  readonly promptEmbeddings: Tensor;
  embed(ids: readonly number[]): Promise<Tensor>;
  readonly endTokens: ReadonlySet<number>;
  readonly maximumTokens: number;
  readonly signal: AbortSignal;
}

/**
 * Greedy decoding: the whole prompt in one pass, then one token at a time against the key–value cache. Ends before an end token
 * or after `maximumTokens`. Throws the signal's reason as soon as a step is over, and lets go of every tensor however it ends.
 */
export async function* decodeGreedily(options: DecodingOptions): AsyncGenerator<ChosenToken> {
  const { decoder, signal } = options;
  let cache = emptyCache(decoder, options.config);
  let embeddings = options.promptEmbeddings;
  let ids = options.promptIds;
  let past = 0;
  try {
    for (let step = 0; step < options.maximumTokens; step++) {
      signal.throwIfAborted();
      const outputs = await decoder.run({ ...inputsFor(decoder, embeddings, ids, past), ...cache });
      cache = advanceCache(cache, outputs);
      embeddings.dispose();
      past += ids.length;
      const token = mostProbable(outputs.logits as Tensor);
      outputs.logits!.dispose();
      signal.throwIfAborted();
      if (options.endTokens.has(token.id)) return;
      yield token;
      ids = [token.id];
      embeddings = await options.embed(ids);
    }
  } finally {
    embeddings.dispose();
    disposeCache(cache);
  }
}

/** What the graph asks for besides its cache; exports differ in which of these they have. */
function inputsFor(
  decoder: InferenceSession,
  embeddings: Tensor,
  ids: readonly number[],
  past: number,
): Record<string, Tensor> {
  const length = ids.length;
  const integers = (values: ArrayLike<bigint>, dims: number[]) =>
    new Tensor("int64", BigInt64Array.from(values), dims);
  const known: Record<string, () => Tensor> = {
    inputs_embeds: () => embeddings,
    input_ids: () => integers(ids.map(BigInt), [1, length]),
    attention_mask: () => integers(new Array<bigint>(past + length).fill(1n), [1, past + length]),
    position_ids: () =>
      integers(
        Array.from(ids, (_, index) => BigInt(past + index)),
        [1, length],
      ),
    num_logits_to_keep: () => integers([1n], []),
  };
  const inputs: Record<string, Tensor> = {};
  for (const name of decoder.inputNames) {
    if (name.startsWith("past_key_values.")) continue;
    const make = known[name];
    if (make === undefined) {
      throw new RoraError(
        "unavailable",
        `The answering model asks for the input ${name}, which Rora does not know; choose another.`,
      );
    }
    inputs[name] = make();
  }
  return inputs;
}

/** The likeliest next token after the last position of logits [1, T, V], with log softmax at it. */
function mostProbable(logits: Tensor): ChosenToken {
  if (!(logits.data instanceof Float32Array)) {
    throw new RoraError(
      "unavailable",
      `The answering model gives its logits as ${logits.type}; choose a dtype with float32 logits.`,
    );
  }
  const row = logits.data.subarray(logits.data.length - logits.dims[2]!);
  let id = 0;
  for (let index = 1; index < row.length; index++) if (row[index]! > row[id]!) id = index;
  let sum = 0;
  for (const logit of row) sum += Math.exp(logit - row[id]!);
  return { id, logProbability: -Math.log(sum) };
}
