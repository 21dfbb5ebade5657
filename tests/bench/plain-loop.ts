/** Greedy decoding as one would write it after ONNX Runtime's examples: the peer our own loop is measured against. */
import { type InferenceSession, Tensor } from "onnxruntime-node";

export interface PlainLoopOptions {
  readonly decoder: InferenceSession;
  readonly embedder: InferenceSession;
  readonly promptEmbeddings: Tensor;
  readonly endTokens: ReadonlySet<number>;
  readonly maximumTokens: number;
}

/** Token ids up to an end token. */
export async function decodePlainly(options: PlainLoopOptions): Promise<number[]> {
  const { decoder, embedder, endTokens, maximumTokens } = options;
  const ids: number[] = [];
  const feeds: Record<string, Tensor> = {};
  for (const input of decoder.inputMetadata) {
    if (!input.isTensor || !input.name.startsWith("past_key_values.")) continue;
    const dims = input.shape.map((size, axis) => (typeof size === "number" ? size : axis === 0 ? 1 : 0));
    feeds[input.name] = new Tensor("float32", new Float32Array(0), dims);
  }
  let embeddings = options.promptEmbeddings;
  let length = 0;
  while (ids.length < maximumTokens) {
    length += embeddings.dims[1]!;
    feeds.inputs_embeds = embeddings;
    feeds.attention_mask = new Tensor("int64", new BigInt64Array(length).fill(1n), [1, length]);
    const outputs = await decoder.run(feeds);
    for (const [name, tensor] of Object.entries(outputs)) {
      if (name.startsWith("present.")) feeds[name.replace("present.", "past_key_values.")] = tensor as Tensor;
    }
    const logits = outputs.logits as Tensor;
    const last = (logits.data as Float32Array).subarray(-logits.dims[2]!);
    const id = last.indexOf(Math.max(...last));
    if (endTokens.has(id)) break;
    ids.push(id);
    const inputs = { input_ids: new Tensor("int64", BigInt64Array.of(BigInt(id)), [1, 1]) };
    embeddings = (await embedder.run(inputs)).inputs_embeds as Tensor;
  }
  return ids;
}
