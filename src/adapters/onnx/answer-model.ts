import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { AnswerModel, PromptMessage, PromptPart } from "../../ports.ts";
import { architectureOf } from "./architectures.ts";
import { checkParts } from "./check-parts.ts";
import { decodeTokens } from "./decoding-loop.ts";
import { createDetokenizer } from "./detokenizer.ts";
import { floatsOf, floatTensor } from "./half-precision.ts";
import {
  graphFile,
  graphFileIn,
  type ModelConfig,
  modelId,
  readJson,
  readOptionalJson,
} from "./model-directory.ts";
import { createPromptRenderer, type TokenizedPrompt } from "./prompt.ts";
import type { Sessions } from "./sessions.ts";
import { endingAt } from "./stop-strings.ts";
import { createSampler, likeliest, type Sampling, withRepetitionPenalty } from "./token-choice.ts";
import { openTokenizer, tokenText } from "./tokenizer.ts";
import { createVisionTower, type VisionTower } from "./vision-tower.ts";

export interface AnswerModelOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
  /**
   * `own`: it looks at the pictures by itself, and keeps what their relevance maps keep. Otherwise the image encoder has made the
   * visual tokens already, in the same tower: so many numbers each, if that is to be checked.
   */
  readonly tower?: "own" | { readonly featureSize: number };
  /** What models are told before the prompt that were not trained on Rora's prompts. */
  readonly instruction?: string;
  /** Draws tokens as generation_config.json says, the same for the same prompt; null takes the likeliest. */
  readonly seed?: number | null;
}

interface GenerationConfig extends Pick<ModelConfig, "eos_token_id">, Sampling {
  readonly repetition_penalty?: number | null;
  readonly stop_strings?: string | readonly string[] | null;
}

/**
 * A vision-language model as `onnx/embed_tokens.onnx`, `onnx/decoder_model_merged.onnx` and, with a tower of its own,
 * `onnx/vision_encoder.onnx`. The decoder's context length is `max_position_embeddings` of config.json, or of its text_config.
 * All graphs are opened and tried at once. Throws RoraError `unavailable` when the directory lacks a file, the architecture is
 * not known or the parts do not fit; generating throws `question-too-long` when the prompt leaves no room for an answer.
 */
export async function createAnswerModel(options: AnswerModelOptions): Promise<AnswerModel> {
  const { directory, sessions, dtype = "auto", seed = null } = options;
  const config = await readJson<ModelConfig>(directory, "config.json");
  const architecture = architectureOf(config.model_type);
  const decoderFile = graphFileIn(directory, "decoder_model_merged", dtype);
  const embedFile = graphFile(directory, "embed_tokens", dtype);
  const generation = (await readOptionalJson<GenerationConfig>(directory, "generation_config.json")) ?? {};
  const tokenizer = await openTokenizer(directory);
  const imageToken = config.image_token_index ?? config.image_token_id;
  if (imageToken === undefined) {
    throw new RoraError(
      "unavailable",
      "The answering model names no image token; choose a model that reads pictures.",
    );
  }
  const instruction = architecture.knowsPrompts ? undefined : options.instruction;
  const prompts = await createPromptRenderer(directory, tokenizer, imageToken);
  const decoder = await sessions.open(decoderFile);
  const embedder = await sessions.open(embedFile);
  const embed = (ids: readonly number[]) => embedTokens(embedder, ids);
  const tower =
    options.tower === "own"
      ? await createVisionTower({ directory, sessions, architecture, dtype })
      : undefined;
  await checkParts({
    decoder,
    embed,
    tokenizer,
    prompts,
    featureSize: options.tower === "own" ? tower?.featureSize : options.tower?.featureSize,
  });
  const endTokens = new Set(
    [
      generation.eos_token_id ??
        config.eos_token_id ??
        config.text_config?.eos_token_id ??
        tokenizer.idOf(tokenText(tokenizer.config.eos_token)) ??
        [],
    ].flat(),
  );
  const stopStrings = [generation.stop_strings ?? []].flat();
  const choose = withRepetitionPenalty(
    seed === null ? likeliest : createSampler(generation, seed),
    generation.repetition_penalty ?? 1,
  );
  const contextLength =
    config.max_position_embeddings ?? config.text_config?.max_position_embeddings ?? Number.POSITIVE_INFINITY;

  return {
    id: await modelId(directory, [decoderFile, embedFile]),
    async *generate(messages, { maximumTokens, signal }) {
      const prompt = prompts.render(await seenBy(tower, instructed(messages, instruction)));
      signal.throwIfAborted();
      const room = contextLength - prompt.ids.length;
      if (room < 1) {
        throw new RoraError(
          "question-too-long",
          "The question and its evidence are too long for the answering model; ask more briefly.",
        );
      }
      const detokenize = createDetokenizer(tokenizer.decode);
      const tokens = decodeTokens({
        decoder,
        config: { ...config.text_config, ...config },
        promptIds: prompt.ids,
        promptEmbeddings: withPictures(await embed(prompt.ids), prompt, imageToken),
        embed,
        choose,
        endTokens,
        maximumTokens: Math.min(maximumTokens, room),
        signal,
      });
      yield* endingAt(stopStrings, tokens, detokenize);
    },
  };
}

/** Before the first words: not every chat template takes a system message, and some move it. */
function instructed(messages: readonly PromptMessage[], instruction?: string): readonly PromptMessage[] {
  const [first, ...others] = messages;
  if (instruction === undefined || first === undefined) return messages;
  const told: PromptPart = { kind: "text", text: `${instruction}\n\n` };
  return [{ ...first, content: [told, ...first.content] }, ...others];
}

/** The messages with what the model's own tower sees in place of what the image encoder saw. */
async function seenBy(tower: VisionTower | undefined, messages: readonly PromptMessage[]) {
  if (tower === undefined) return messages;
  const seen = async (part: PromptPart): Promise<PromptPart> =>
    part.kind === "text"
      ? part
      : { kind: "image", picture: { ...part.picture, tokens: await tower.see(part.picture) } };
  return Promise.all(
    messages.map(async (message) => ({ ...message, content: await Promise.all(message.content.map(seen)) })),
  );
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
  const data = floatsOf(embeddings);
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
  return data === embeddings.data ? embeddings : floatTensor("float32", data, embeddings.dims);
}
