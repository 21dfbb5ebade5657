import { Tensor } from "onnxruntime-node";
import { type Dtype, TEXT_GRAPHS } from "../../domain/model-files.ts";
import { row } from "../../domain/vectors.ts";
import { RoraError } from "../../errors.ts";
import type { TextEncoder } from "../../ports.ts";
import { createCachedBatches } from "./cached-batches.ts";
import { type Feeds, requireOutput, withCompanions } from "./graph-run.ts";
import { architecture, graphFile, sharesScale } from "./model-directory.ts";
import { normalizeRows } from "./normalize-rows.ts";
import { openPreprocessor } from "./preprocessor-config.ts";
import type { Sessions } from "./sessions.ts";
import { foreignTokenizer, openTextTokens } from "./text-tokens.ts";

export interface TextEncoderOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
  /** Width of the image encoder's embeddings, which these are compared with; checked where given. */
  readonly dimension?: number;
  /** Most texts in one pass; 1 for weights quantised with one activation scale for the whole batch. */
  readonly maximumBatch?: number;
  readonly cacheBytes?: number;
}

interface EncodedText {
  readonly embedding: Float32Array;
  readonly forPatches: Float32Array;
}

/**
 * `onnx/text_model.onnx` (or CLIP's combined `model.onnx`): input_ids [B, T] and, if asked for, attention_mask [B, T] →
 * text_embeds [B, D] and, where patches are compared with something else, relevance_embeds [B, D]. Texts longer than the tower
 * reads are cut. Runs two short texts, so that what does not fit together shows now. Throws RoraError `unavailable`.
 */
export async function createTextEncoder(options: TextEncoderOptions): Promise<TextEncoder> {
  const { directory, sessions, dtype = "auto", cacheBytes = 16 * 2 ** 20 } = options;
  const file = graphFile(directory, TEXT_GRAPHS, dtype);
  const tokens = await openTextTokens(directory);
  const session = await sessions.open(file);
  await requireOutput(session, "text_embeds", { directory, file });
  const size = session.inputNames.includes("pixel_values")
    ? (await openPreprocessor(directory)).preprocessor
    : { width: 0, height: 0 };

  async function run(rows: readonly number[][]): Promise<EncodedText[]> {
    const outputs = await session.run(withCompanions(session, feedsOf(rows, tokens.padding), size));
    const embeds = normalised(outputs.text_embeds!);
    const relevance = outputs.relevance_embeds;
    const forPatches = relevance === undefined ? embeds : normalised(relevance);
    return rows.map((_, index) => ({ embedding: embeds(index), forPatches: forPatches(index) }));
  }

  // The highest id is the first that a tower of another vocabulary lacks.
  const [sample] = await run([tokens.idsOf("Ready?"), [tokens.highestId]]).catch(async (cause: unknown) => {
    throw await foreignTokenizer(directory, cause);
  });
  if (options.dimension !== undefined && sample!.embedding.length !== options.dimension) {
    throw new RoraError(
      "unavailable",
      `The towers of ${await architecture(directory)} are of different models: pictures become ${options.dimension} numbers, texts ${sample!.embedding.length}. Download the model again, all of it from one place.`,
    );
  }

  const encodings = createCachedBatches<string, EncodedText>({
    maximumBytes: cacheBytes,
    maximumBatch: options.maximumBatch ?? (sharesScale(file) ? 1 : 32),
    waitMilliseconds: 0,
    bytesOf: ({ embedding, forPatches }) =>
      embedding.byteLength + (forPatches === embedding ? 0 : forPatches.byteLength),
    run: (texts) => run(texts.map(tokens.idsOf)),
  });
  const encode = (texts: readonly string[]) => Promise.all(texts.map((text) => encodings.get(text, text)));
  return {
    embed: async (texts) => (await encode(texts)).map(({ embedding }) => embedding),
    embedForPatches: async (texts) => (await encode(texts)).map(({ forPatches }) => forPatches),
  };
}

/** Rows of unlike length, padded at the end. */
function feedsOf(rows: readonly number[][], padding: number): Feeds {
  const length = Math.max(...rows.map((ids) => ids.length));
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(padding));
  const mask = new BigInt64Array(ids.length);
  rows.forEach((row, index) => {
    ids.set(row.map(BigInt), index * length);
    mask.fill(1n, index * length, index * length + row.length);
  });
  const dims = [rows.length, length];
  return { input_ids: new Tensor("int64", ids, dims), attention_mask: new Tensor("int64", mask, dims) };
}

/** Row by row, copied so that a cached text does not keep its whole batch in memory. */
function normalised(output: Tensor): (index: number) => Float32Array {
  const dimension = output.dims[1]!;
  const data = normalizeRows(output.data as Float32Array, dimension);
  return (index) => row(data, index, dimension).slice();
}
