import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { DecodedImage, EncodedImage, PatchGrid, PatchSupport } from "../../domain/image.ts";
import { type Dtype, IMAGE_GRAPHS, TEXT_GRAPHS } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { ImageEncoder } from "../../ports.ts";
import { createCachedBatches } from "./cached-batches.ts";
import { requireFloat32, requireOutput, withCompanions } from "./graph-run.ts";
import { architecture, graphFile, graphFiles, modelId, sharesScale } from "./model-directory.ts";
import { normalizeRows } from "./normalize-rows.ts";
import type { Preprocessor } from "./preprocess.ts";
import { openPreprocessor } from "./preprocessor-config.ts";
import type { Sessions } from "./sessions.ts";

export interface ImageEncoderOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly dtype?: Dtype;
  /** Most pictures in one pass; 1 for weights quantised with one activation scale for the whole batch. */
  readonly maximumBatch?: number;
  readonly cacheBytes?: number;
}

const NO_PATCHES: PatchSupport = {
  kind: "none",
  reason:
    "the encoder gives one embedding for each picture and none for its patches (stock exports of CLIP do not); export the model with training/export/export_clip.py to have them",
};

/**
 * `onnx/vision_encoder.onnx`: pixel_values [B, 3, H, W] → image_embeds [B, D], patch_embeds [B, P, D] and, where the answering
 * model sees through the same tower, image_features [B, P, F]. Or, as the hub has CLIP, `vision_model.onnx` or `model.onnx` with
 * image_embeds alone: then there are no patches. Pictures asked for within two milliseconds go through together.
 * Runs one grey picture, so that what does not fit together shows now. Throws RoraError `unavailable`.
 */
export async function createImageEncoder(options: ImageEncoderOptions): Promise<ImageEncoder> {
  const { directory, sessions, dtype = "auto", cacheBytes = 128 * 2 ** 20 } = options;
  const file = graphFile(directory, IMAGE_GRAPHS, dtype);
  const { preprocessor, path: preprocessorFile } = await openPreprocessor(directory);
  const session = await sessions.open(file);
  await requireOutput(session, "image_embeds", { directory, file });
  requireFloat32(session, file);
  const outputs = ["image_embeds", "patch_embeds", "image_features"].filter((name) =>
    session.outputNames.includes(name),
  );
  const run = (pixels: Float32Array, count: number) => {
    const dims = [count, 3, preprocessor.height, preprocessor.width];
    const feeds = { pixel_values: new Tensor("float32", pixels, dims) };
    return session.run(withCompanions(session, feeds, preprocessor), outputs);
  };
  const sample = await encodeGrey(run, preprocessor, directory);

  const encodings = createCachedBatches<DecodedImage, EncodedImage>({
    maximumBytes: cacheBytes,
    maximumBatch: options.maximumBatch ?? (sharesScale(file) ? 1 : 16),
    waitMilliseconds: 2,
    bytesOf: ({ embedding, patches, features }) =>
      embedding.byteLength + patches.byteLength + (features?.byteLength ?? 0),
    async run(images) {
      const pixels = new Float32Array(images.length * 3 * preprocessor.height * preprocessor.width);
      images.forEach((image, index) => {
        pixels.set(preprocessor.pixelValues(image), (index * pixels.length) / images.length);
      });
      const outputs = await run(pixels, images.length);
      return images.map((_, index) => encodedImage(outputs, index, preprocessor));
    },
  });

  const count = sample.grid.rows * sample.grid.columns;
  return {
    // The text tower counts: an index holds its vectors, too, and they mean nothing beside another tower's.
    id: await modelId(directory, [
      ...(await graphFiles(file)),
      preprocessorFile,
      ...(await graphFiles(graphFile(directory, TEXT_GRAPHS, dtype))),
      join(directory, "tokenizer.json"),
    ]),
    dimension: sample.dimension,
    patches: count === 0 ? NO_PATCHES : { kind: "patches", count },
    encode: (image) => encodings.get(image.sha256, image),
  };
}

type Run = (pixels: Float32Array, count: number) => Promise<InferenceSession.ReturnType>;

async function encodeGrey(run: Run, preprocessor: Preprocessor, directory: string): Promise<EncodedImage> {
  const { width, height } = preprocessor;
  try {
    return encodedImage(await run(new Float32Array(3 * width * height), 1), 0, preprocessor);
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      `The image encoder of ${await architecture(directory)} does not take pictures of ${width} × ${height}, as its preprocessor_config.json makes them, or gives no usable embeddings; its files are not of one model, or damaged. Download the model again.`,
      { cause },
    );
  }
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
  const embeds = outputs.image_embeds as Tensor;
  const patches = outputs.patch_embeds as Tensor | undefined;
  const features = outputs.image_features as Tensor | undefined;
  const dimension = embeds.dims[1]!;
  return {
    embedding: normalizeRows(part(embeds), dimension),
    patches: patches === undefined ? new Float32Array() : normalizeRows(part(patches), dimension),
    features: features === undefined ? null : part(features),
    featureSize: features?.dims[2] ?? 0,
    dimension,
    grid: patches === undefined ? { rows: 0, columns: 0 } : gridOf(patches.dims[1]!, size),
  };
}

/** The grid has the proportions of the encoder's input, so the number of patches is enough to tell its rows and columns. */
function gridOf(patches: number, size: { width: number; height: number }): PatchGrid {
  const rows = Math.round(Math.sqrt((patches * size.height) / size.width));
  return { rows, columns: patches / rows };
}
