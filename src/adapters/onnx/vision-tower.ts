import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { DecodedImage, PatchGrid, PromptPicture } from "../../domain/image.ts";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import type { Architecture } from "./architectures.ts";
import { createCachedBatches } from "./cached-batches.ts";
import { floatsOf, floatTensor } from "./half-precision.ts";
import { graphFile, readJson } from "./model-directory.ts";
import { type TilingConfig, tileSide, tilesOf } from "./picture-tiles.ts";
import { createPreprocessor, type Preprocessor, type PreprocessorConfig } from "./preprocess.ts";
import { chosenTokens, type SeenPicture, type SeenTokens } from "./seen-picture.ts";
import type { Sessions } from "./sessions.ts";

/** An answering model's own eyes. */
export interface VisionTower {
  /** Width of a visual token. */
  readonly featureSize: number;
  /**
   * The visual tokens of the patches that the picture's relevance map keeps. The map may have been made on another grid:
   * both lie over the same picture. Throws what `picture.decode` throws.
   */
  see(picture: PromptPicture): Promise<SeenTokens>;
}

export interface VisionTowerOptions {
  readonly directory: string;
  readonly sessions: Sessions;
  readonly architecture: Architecture;
  readonly dtype?: Dtype;
  readonly cacheBytes?: number;
}

/**
 * `onnx/vision_encoder.onnx` as answering models have it: pixel_values [B, 3, H, W], or [B, N, 3, H, W] with
 * pixel_attention_mask [B, N, H, W] → image_features [.., P, F]. Pictures are remembered by content. Tries a grey picture at once.
 * Throws RoraError `unavailable` when a file is missing or the graph's tokens form no grid.
 */
export async function createVisionTower(options: VisionTowerOptions): Promise<VisionTower> {
  const { directory, sessions, architecture, dtype = "auto", cacheBytes = 256 * 2 ** 20 } = options;
  const file = graphFile(directory, "vision_encoder", dtype);
  const config = await readJson<PreprocessorConfig & TilingConfig>(directory, "preprocessor_config.json");
  const tiled = architecture.pictures === "tiles";
  const side = tileSide(config);
  const preprocessor = createPreprocessor(
    tiled ? { ...config, size: { width: side, height: side } } : config,
  );
  const session = await sessions.open(file);

  async function encode(picture: DecodedImage): Promise<SeenPicture> {
    const { tiling, tiles } = tiled ? tilesOf(picture, config) : { tiling: null, tiles: [picture] };
    const parts: Float32Array[] = [];
    let featureSize = 0;
    // One at a time: together they are no faster on a processor, and attention over all of them takes a gigabyte.
    for (const tile of tiles) {
      const outputs = await session.run(feedsFor(session, preprocessor, tile));
      const features = outputs.image_features ?? outputs[session.outputNames[0]!]!;
      featureSize = features.dims.at(-1)!;
      parts.push(floatsOf(features));
    }
    return { features: joined(parts), featureSize, tokensPerTile: parts[0]!.length / featureSize, tiling };
  }

  const pictures = createCachedBatches<DecodedImage, SeenPicture>({
    maximumBytes: cacheBytes,
    maximumBatch: 64,
    waitMilliseconds: 0,
    bytesOf: ({ features }) => features.byteLength,
    // One after the other, for the same reason as tiles.
    async run(images) {
      const seen: SeenPicture[] = [];
      for (const image of images) seen.push(await encode(image));
      return seen;
    },
  });

  const { featureSize, tokensPerTile } = await encode(greyPicture(preprocessor)).catch((cause: unknown) => {
    if (cause instanceof RoraError) throw cause;
    throw new RoraError(
      "unavailable",
      `The answering model's vision_encoder does not take pictures of ${preprocessor.width} × ${preprocessor.height} pixels, as preprocessor_config.json wants them; download both from one model.`,
      { cause },
    );
  });
  const grid = gridOf(tokensPerTile, preprocessor, architecture);
  return {
    featureSize,
    async see(picture) {
      const decoded = await picture.decode();
      return chosenTokens(await pictures.get(decoded.sha256, decoded), picture, grid);
    },
  };
}

function feedsFor(
  session: InferenceSession,
  preprocessor: Preprocessor,
  picture: Parameters<Preprocessor["pixelValues"]>[0],
) {
  const { width, height } = preprocessor;
  const input = session.inputMetadata.find(({ name }) => name === "pixel_values");
  if (input === undefined || !input.isTensor) {
    throw new RoraError(
      "unavailable",
      "The answering model's vision encoder takes no pixel_values; export the model again.",
    );
  }
  const tiles = input.shape.length === 5 ? [1] : [];
  const feeds: Record<string, Tensor> = {
    pixel_values: floatTensor(input.type, preprocessor.pixelValues(picture), [1, ...tiles, 3, height, width]),
  };
  if (session.inputNames.includes("pixel_attention_mask")) {
    const everywhere = new Uint8Array(width * height).fill(1);
    feeds.pixel_attention_mask = new Tensor("bool", everywhere, [1, ...tiles, height, width]);
  }
  return feeds;
}

/** The square of tokens one tile has, without those that close it. */
function gridOf(tokens: number, { width, height }: Preprocessor, { closingTokens }: Architecture): PatchGrid {
  for (let closing = 0; closing <= closingTokens; closing++) {
    const rows = Math.round(Math.sqrt(((tokens - closing) * height) / width));
    const columns = Math.round((rows * width) / height);
    if (rows > 0 && rows * columns === tokens - closing) return { rows, columns };
  }
  throw new RoraError(
    "unavailable",
    `The answering model's vision encoder gives ${tokens} visual tokens, which form no grid; export the model again.`,
  );
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

function greyPicture({ width, height }: Preprocessor): DecodedImage {
  const pixels = new Uint8Array(width * height * 3).fill(128);
  return { sha256: "", perceptualHash: "", pixels, width, height, mediaType: "", notices: [] };
}
