import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { DecodedImage, EncodedImage, PatchGrid } from "../../domain/image.ts";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { ImageEncoder } from "../../ports.ts";
import { createCachedBatches } from "./cached-batches.ts";
import { graphFile, modelId, readJson } from "./model-directory.ts";
import { normalizeRows } from "./normalize-rows.ts";
import { createPreprocessor, type PreprocessorConfig } from "./preprocess.ts";
import type { Sessions } from "./sessions.ts";

export interface ImageEncoderOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
  /** Most pictures in one pass. Weights quantised with one activation scale for the whole batch want 1. */
  readonly maximumBatch?: number;
  readonly cacheBytes?: number;
}

/**
 * `onnx/vision_encoder.onnx`: pixel_values [B, 3, H, W] → image_embeds [B, D], patch_embeds [B, P, D] and, where the answering
 * model sees through the same tower, image_features [B, P, F]. Pictures asked for within two milliseconds go through together.
 * Throws RoraError `unavailable` when the directory lacks a file or the graph an output.
 */
export async function createImageEncoder(options: ImageEncoderOptions): Promise<ImageEncoder> {
  const { directory, sessions, dtype = "auto", maximumBatch = 16, cacheBytes = 128 * 2 ** 20 } = options;
  const file = graphFile(directory, "vision_encoder", dtype);
  const preprocessor = createPreprocessor(
    await readJson<PreprocessorConfig>(directory, "preprocessor_config.json"),
  );
  const session = await sessions.open(file);
  const shape = [3, preprocessor.height, preprocessor.width];

  const encodings = createCachedBatches<DecodedImage, EncodedImage>({
    maximumBytes: cacheBytes,
    maximumBatch,
    waitMilliseconds: 2,
    bytesOf: ({ embedding, patches, features }) =>
      embedding.byteLength + patches.byteLength + (features?.byteLength ?? 0),
    async run(images) {
      const pixels = new Float32Array(images.length * shape[0]! * shape[1]! * shape[2]!);
      images.forEach((image, index) => {
        pixels.set(preprocessor.pixelValues(image), (index * pixels.length) / images.length);
      });
      const outputs = await session.run({
        pixel_values: new Tensor("float32", pixels, [images.length, ...shape]),
      });
      return images.map((_, index) => encodedImage(outputs, index, preprocessor));
    },
  });

  return {
    // The text tower counts: an index holds its vectors, too, and they mean nothing beside another tower's.
    id: await modelId(directory, [
      file,
      join(directory, "preprocessor_config.json"),
      graphFile(directory, "text_model", dtype),
      join(directory, "tokenizer.json"),
    ]),
    dimension: jointWidth(session),
    encode: (image) => encodings.get(image.sha256, image),
  };
}

/**
 * Width of the joint space, which every later shape rests on; also proves that the graph has what retrieval needs. Exporters
 * lose the width of an output they cannot follow, so the other output of the same space is asked, too.
 */
function jointWidth(session: InferenceSession): number {
  const widths = ["image_embeds", "patch_embeds"].map((name) => {
    if (!session.outputNames.includes(name)) {
      throw new RoraError(
        "unavailable",
        `The image encoder has no output ${name}; export the model again with it.`,
      );
    }
    const metadata = session.outputMetadata.find((output) => output.name === name);
    return metadata?.isTensor ? metadata.shape.at(-1) : undefined;
  });
  const width = widths.find((size) => typeof size === "number");
  if (width !== undefined) return width;
  throw new RoraError(
    "unavailable",
    "The image encoder does not say how wide image_embeds is; export it with a fixed width.",
  );
}

/** One picture's share of a batch, copied so that a cached picture does not keep its whole batch in memory. */
function encodedImage(
  outputs: InferenceSession.ReturnType,
  index: number,
  size: { width: number; height: number },
): EncodedImage {
  const part = (tensor: Tensor) => {
    const length = tensor.size / tensor.dims[0]!;
    return (tensor.data as Float32Array).slice(index * length, (index + 1) * length);
  };
  const patches = outputs.patch_embeds as Tensor;
  const features = outputs.image_features as Tensor | undefined;
  const dimension = patches.dims[2]!;
  return {
    embedding: normalizeRows(part(outputs.image_embeds as Tensor), dimension),
    patches: normalizeRows(part(patches), dimension),
    features: features === undefined ? null : part(features),
    featureSize: features?.dims[2] ?? 0,
    dimension,
    grid: gridOf(patches.dims[1]!, size),
  };
}

/** The grid has the proportions of the encoder's input, so the number of patches is enough to tell its rows and columns. */
function gridOf(patches: number, size: { width: number; height: number }): PatchGrid {
  const rows = Math.round(Math.sqrt((patches * size.height) / size.width));
  return { rows, columns: patches / rows };
}
