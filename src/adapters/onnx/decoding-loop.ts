import { type InferenceSession, Tensor } from "onnxruntime-node";
import { RoraError } from "../../errors.ts";
import { floatsOf, floatTensor, readable } from "./half-precision.ts";
import { advanceCache, disposeCache, emptyCache } from "./key-value-cache.ts";
import type { ModelConfig } from "./model-directory.ts";
import type { ChooseToken, ChosenToken } from "./token-choice.ts";

export interface DecodingOptions {
  /** inputs_embeds, attention_mask, [position_ids], past_key_values.* → logits, present.* */
  readonly decoder: InferenceSession;
  readonly config: ModelConfig;
  readonly promptIds: readonly number[];
  /** [1, prompt length, width], the visual tokens in place. */
  readonly promptEmbeddings: Tensor;
  embed(ids: readonly number[]): Promise<Tensor>;
  readonly choose: ChooseToken;
  readonly endTokens: ReadonlySet<number>;
  readonly maximumTokens: number;
  readonly signal: AbortSignal;
}

/**
 * The whole prompt in one pass, then one token at a time against the key–value cache. Ends before an end token
 * or after `maximumTokens`. Throws the signal's reason as soon as a step is over, and lets go of every tensor however it ends.
 */
export async function* decodeTokens(options: DecodingOptions): AsyncGenerator<ChosenToken> {
  const { decoder, signal } = options;
  let cache = emptyCache(decoder, options.config);
  let embeddings = options.promptEmbeddings;
  let ids = options.promptIds;
  const earlier = [...ids];
  let past = 0;
  try {
    for (let step = 0; step < options.maximumTokens; step++) {
      signal.throwIfAborted();
      const outputs = await decoder.run({ ...inputsFor(decoder, embeddings, ids, past), ...cache });
      cache = advanceCache(cache, outputs);
      embeddings.dispose();
      past += ids.length;
      const token = options.choose(lastLogits(outputs.logits as Tensor), earlier);
      outputs.logits!.dispose();
      signal.throwIfAborted();
      if (options.endTokens.has(token.id)) return;
      yield token;
      ids = [token.id];
      earlier.push(token.id);
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
    inputs_embeds: () => inTypeOf(decoder, embeddings),
    input_ids: () => integers(ids.map(BigInt), [1, length]),
    attention_mask: () => new Tensor("int64", new BigInt64Array(past + length).fill(1n), [1, past + length]),
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

/** Embeddings of one graph may be float32 where the other wants float16, when a model is put together of several precisions. */
function inTypeOf(decoder: InferenceSession, embeddings: Tensor): Tensor {
  const input = decoder.inputMetadata.find(({ name }) => name === "inputs_embeds");
  if (input === undefined || !input.isTensor || input.type === embeddings.type) return readable(embeddings);
  return floatTensor(input.type, floatsOf(embeddings), embeddings.dims);
}

/** Those of the last position of logits [1, T, V]. */
function lastLogits(logits: Tensor): Float32Array {
  const values = floatsOf(logits);
  return values.subarray(values.length - logits.dims[2]!);
}
