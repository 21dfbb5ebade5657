import type { DecodedImage } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import { type Resample, resize } from "./resize.ts";

type Edge = number | { readonly height?: number; readonly width?: number; readonly shortest_edge?: number };

/** What `preprocessor_config.json` says; named as there. */
export interface PreprocessorConfig {
  readonly size: Edge;
  readonly crop_size?: Edge;
  readonly resample?: number;
  readonly do_center_crop?: boolean;
  readonly do_rescale?: boolean;
  readonly rescale_factor?: number;
  readonly do_normalize?: boolean;
  readonly image_mean?: readonly number[];
  readonly image_std?: readonly number[];
}

export interface Preprocessor {
  readonly width: number;
  readonly height: number;
  /** Pixels as the encoder wants them: [3, height, width], row-major, rescaled and normalised. */
  pixelValues(image: Pick<DecodedImage, "pixels" | "width" | "height">): Float32Array;
}

/** Throws RoraError `unavailable` for a configuration whose pictures would come out in different sizes. */
export function createPreprocessor(config: PreprocessorConfig): Preprocessor {
  const target = config.do_center_crop ? rectangle(config.crop_size ?? config.size) : rectangle(config.size);
  const resample = (config.resample ?? 2) as Resample;
  if (target === null || ![1, 2, 3].includes(resample)) {
    throw new RoraError(
      "unavailable",
      "The model's preprocessor_config.json asks for a size or resampling Rora does not know.",
    );
  }
  const shortest = typeof config.size === "object" ? config.size.shortest_edge : undefined;
  const scale = config.do_rescale === false ? 1 : (config.rescale_factor ?? 1 / 255);
  const channels = [0, 1, 2].map((channel) => ({
    mean: config.do_normalize === false ? 0 : (config.image_mean?.[channel] ?? 0),
    deviation: config.do_normalize === false ? 1 : (config.image_std?.[channel] ?? 1),
  }));
  return {
    ...target,
    pixelValues(image) {
      const to =
        shortest === undefined ? (rectangle(config.size) ?? target) : withShortestEdge(image, shortest);
      const resized = resize(image.pixels, image, to, resample);
      const top = Math.floor((to.height - target.height) / 2);
      const left = Math.floor((to.width - target.width) / 2);
      const plane = target.width * target.height;
      const values = new Float32Array(3 * plane);
      for (let row = 0; row < target.height; row++) {
        for (let column = 0; column < target.width; column++) {
          const from = ((row + top) * to.width + column + left) * 3;
          for (let channel = 0; channel < 3; channel++) {
            const { mean, deviation } = channels[channel]!;
            values[channel * plane + row * target.width + column] =
              (resized[from + channel]! * scale - mean) / deviation;
          }
        }
      }
      return values;
    },
  };
}

function rectangle(edge: Edge): { width: number; height: number } | null {
  if (typeof edge === "number") return { width: edge, height: edge };
  return edge.width !== undefined && edge.height !== undefined
    ? { width: edge.width, height: edge.height }
    : null;
}

function withShortestEdge(image: { readonly width: number; readonly height: number }, edge: number) {
  const long = Math.trunc((edge * Math.max(image.width, image.height)) / Math.min(image.width, image.height));
  return image.width < image.height ? { width: edge, height: long } : { width: long, height: edge };
}
