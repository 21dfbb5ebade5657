import { Tensor } from "onnxruntime-node";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { TextEncoder } from "../../ports.ts";
import { createCachedBatches } from "./cached-batches.ts";
import { graphFile, type ModelConfig, readJson } from "./model-directory.ts";
import { normalizeRows } from "./normalize-rows.ts";
import type { Sessions } from "./sessions.ts";
import { openTokenizer, tokenText } from "./tokenizer.ts";

export interface TextEncoderOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
  /** Most texts in one pass. */
  readonly maximumBatch?: number;
  readonly cacheBytes?: number;
}

/**
 * `onnx/text_model.onnx`: input_ids [B, T], attention_mask [B, T] → text_embeds [B, D]. Texts longer than the tower reads are
 * cut at `text_config.max_position_embeddings` tokens. Throws RoraError `unavailable` when the directory lacks a file.
 */
export async function createTextEncoder(options: TextEncoderOptions): Promise<TextEncoder> {
  const { directory, sessions, dtype = "auto", maximumBatch = 32, cacheBytes = 16 * 2 ** 20 } = options;
  const file = graphFile(directory, "text_model", dtype);
  const config = await readJson<ModelConfig>(directory, "config.json");
  const tokenizer = await openTokenizer(directory);
  const longest =
    config.text_config?.max_position_embeddings ?? config.max_position_embeddings ?? Number.POSITIVE_INFINITY;
  const closing = tokenizer.encode("", { wrap: true }).at(-1);
  const padding = tokenizer.idOf(tokenText(tokenizer.config.pad_token)) ?? 0;

  const embeddings = createCachedBatches<string, Float32Array>({
    maximumBytes: cacheBytes,
    maximumBatch,
    waitMilliseconds: 0,
    bytesOf: (embedding) => embedding.byteLength,
    async run(texts) {
      const session = await sessions.open(file);
      const rows = texts.map((text) => {
        const ids = truncated(tokenizer.encode(tokenizer.plain(text), { wrap: true }), longest, closing);
        return ids.length === 0 ? [padding] : ids;
      });
      const length = Math.max(...rows.map((row) => row.length));
      const ids = new BigInt64Array(rows.length * length).fill(BigInt(padding));
      const mask = new BigInt64Array(ids.length);
      rows.forEach((row, index) => {
        ids.set(row.map(BigInt), index * length);
        mask.fill(1n, index * length, index * length + row.length);
      });
      const dims = [rows.length, length];
      const feeds: Record<string, Tensor> = { input_ids: new Tensor("int64", ids, dims) };
      if (session.inputNames.includes("attention_mask"))
        feeds.attention_mask = new Tensor("int64", mask, dims);
      const output = (await session.run(feeds)).text_embeds;
      if (output === undefined) {
        throw new RoraError(
          "unavailable",
          "The text encoder has no output text_embeds; export the model again with it.",
        );
      }
      const dimension = output.dims[1]!;
      const data = normalizeRows(output.data as Float32Array, dimension);
      return rows.map((_, index) => data.slice(index * dimension, (index + 1) * dimension));
    },
  });

  return { embed: (texts) => Promise.all(texts.map((text) => embeddings.get(text, text))) };
}

/** Keeps the closing token, if the tokenizer sets one: CLIP-like towers read the whole text from it. */
function truncated(ids: number[], longest: number, closing: number | undefined): number[] {
  if (ids.length <= longest) return ids;
  return closing === undefined ? ids.slice(0, longest) : [...ids.slice(0, longest - 1), closing];
}
