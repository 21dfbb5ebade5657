import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { AnswerModel } from "../../ports.ts";
import { decodeGreedily } from "./decoding-loop.ts";
import { createDetokenizer } from "./detokenizer.ts";
import { graphFile, type ModelConfig, modelId, readJson, readOptionalJson } from "./model-directory.ts";
import { createPromptRenderer, type TokenizedPrompt } from "./prompt.ts";
import type { Sessions } from "./sessions.ts";
import { openTokenizer } from "./tokenizer.ts";

export interface AnswerModelOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
}

/**
 * A vision-language model as `onnx/embed_tokens.onnx` and `onnx/decoder_model_merged.onnx`. The decoder's context length is
 * `max_position_embeddings` of config.json, or of its text_config. Throws RoraError `unavailable` when the directory lacks a file;
 * generating throws `question-too-long` when the prompt leaves no room for an answer.
 */
export async function createAnswerModel(options: AnswerModelOptions): Promise<AnswerModel> {
  const { directory, sessions, dtype = "auto" } = options;
  const decoderFile = graphFile(directory, "decoder_model_merged", dtype);
  const embedFile = graphFile(directory, "embed_tokens", dtype);
  const config = await readJson<ModelConfig>(directory, "config.json");
  const generation = (await readOptionalJson<ModelConfig>(directory, "generation_config.json")) ?? {};
  const tokenizer = await openTokenizer(directory);
  const imageToken = config.image_token_index ?? config.image_token_id;
  if (imageToken === undefined) {
    throw new RoraError(
      "unavailable",
      "The answering model names no image token; choose a model that reads pictures.",
    );
  }
  const prompts = await createPromptRenderer(directory, tokenizer, imageToken);
  const endTokens = new Set([generation.eos_token_id ?? config.eos_token_id ?? []].flat());
  const contextLength =
    config.max_position_embeddings ?? config.text_config?.max_position_embeddings ?? Number.POSITIVE_INFINITY;
  const decoderConfig = { ...config.text_config, ...config };

  return {
    id: await modelId(directory, [decoderFile, embedFile]),
    async *generate(messages, { maximumTokens, signal }) {
      const prompt = prompts.render(messages);
      const room = contextLength - prompt.ids.length;
      if (room < 1) {
        throw new RoraError(
          "question-too-long",
          "The question and its evidence are too long for the answering model; ask more briefly.",
        );
      }
      const embedder = await sessions.open(embedFile);
      const embed = (ids: readonly number[]) => embedTokens(embedder, ids);
      const detokenize = createDetokenizer(tokenizer.decode);
      const tokens = decodeGreedily({
        decoder: await sessions.open(decoderFile),
        config: decoderConfig,
        promptIds: prompt.ids,
        promptEmbeddings: withPictures(await embed(prompt.ids), prompt, imageToken),
        embed,
        endTokens,
        maximumTokens: Math.min(maximumTokens, room),
        signal,
      });
      for await (const { id, logProbability } of tokens) yield { text: detokenize(id), logProbability };
    },
  };
}

/** input_ids [1, T] → inputs_embeds [1, T, width]. */
async function embedTokens(embedder: InferenceSession, ids: readonly number[]): Promise<Tensor> {
  const outputs = await embedder.run({
    input_ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]),
  });
  return outputs.inputs_embeds as Tensor;
}

/** Overwrites the embeddings of the image tokens, in order, by the pictures' visual tokens. */
function withPictures(embeddings: Tensor, prompt: TokenizedPrompt, imageToken: number): Tensor {
  const width = embeddings.dims[2]!;
  const data = embeddings.data as Float32Array;
  const positions = prompt.ids.flatMap((id, position) => (id === imageToken ? [position] : []));
  let next = 0;
  for (const picture of prompt.pictures) {
    if (picture.featureSize !== width) {
      throw new RoraError(
        "unavailable",
        "The image encoder and the answering model do not belong together; use one model's.",
      );
    }
    for (let token = 0; token < picture.patches.length; token++) {
      data.set(picture.features.subarray(token * width, (token + 1) * width), positions[next++]! * width);
    }
  }
  return embeddings;
}
