import { join } from "node:path";
import type { Tensor } from "onnxruntime-node";
import { afterAll, expect, it } from "vitest";
import { createAnswerModel } from "../../../../src/adapters/onnx/answer-model.ts";
import { decodeTokens } from "../../../../src/adapters/onnx/decoding-loop.ts";
import { createImageEncoder } from "../../../../src/adapters/onnx/image-encoder.ts";
import type { Sessions } from "../../../../src/adapters/onnx/sessions.ts";
import { likeliest } from "../../../../src/adapters/onnx/token-choice.ts";
import { collect, decodedPicture, difference, golden, messagesOf, TINY, tinySessions } from "./tiny.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());

/** Sessions whose decoder notes the logits of the last position at every pass. */
function watched(logits: Float32Array[]): Sessions {
  return {
    ...sessions,
    async open(file) {
      const session = await sessions.open(file);
      if (!file.includes("decoder_model_merged")) return session;
      return new Proxy(session, {
        get(target, property) {
          if (property !== "run") return Reflect.get(target, property);
          return async (feeds: never) => {
            const outputs = await target.run(feeds);
            const tensor = outputs.logits as Tensor;
            logits.push((tensor.data as Float32Array).slice(-tensor.dims[2]!));
            return outputs;
          };
        },
      });
    },
  };
}

it.each(golden.generations.map((generation, index) => ({ generation, index })))(
  "gives PyTorch's logits after prompt $index, pictures in their places",
  async ({ generation }) => {
    const encoder = await createImageEncoder({ directory: TINY, sessions });
    const encoded = await Promise.all(
      golden.pictures.map((_, index) => encoder.encode(decodedPicture(index))),
    );
    const logits: Float32Array[] = [];
    const model = await createAnswerModel({ directory: TINY, sessions: watched(logits) });
    await collect(
      model.generate(messagesOf(generation, encoded), {
        maximumTokens: 1,
        signal: new AbortController().signal,
      }),
    );
    expect(difference(logits[0]!, generation.logits)).toBeLessThan(
      1e-3 * Math.max(...generation.logits.map(Math.abs)),
    );
  },
);

it("ends before an end token", async () => {
  const [generation] = golden.generations;
  const embedder = await sessions.open(join(TINY, "onnx/embed_tokens.onnx"));
  const { Tensor } = await import("onnxruntime-node");
  const embed = async (ids: readonly number[]) => {
    const input = new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
    return (await embedder.run({ input_ids: input })).inputs_embeds as Tensor;
  };
  const options = {
    decoder: await sessions.open(join(TINY, "onnx/decoder_model_merged.onnx")),
    config: {},
    promptIds: generation!.ids,
    embed,
    choose: likeliest,
    maximumTokens: 6,
    signal: new AbortController().signal,
  };
  const decode = async (endTokens: Set<number>) =>
    collect(decodeTokens({ ...options, endTokens, promptEmbeddings: await embed(generation!.ids) }));
  const whole = (await decode(new Set())).map(({ id }) => id);
  const end = whole[3]!;
  expect((await decode(new Set([end]))).map(({ id }) => id)).toEqual(whole.slice(0, whole.indexOf(end)));
});
