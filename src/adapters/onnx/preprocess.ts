/** Pictures as pixel values, as `preprocessor_config.json` of Hugging Face's image processors says. */
import type { DecodedImage } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import { type Resample, resize } from "./resize.ts";

interface Rectangle {
  readonly width: number;
  readonly height: number;
}

type Edge = number | { readonly height?: number; readonly width?: number; readonly shortest_edge?: number };

/** What `preprocessor_config.json` says; named as there. */
export interface PreprocessorConfig {
  readonly size: Edge;
  readonly crop_size?: Edge;
  readonly resample?: number;
  readonly do_resize?: boolean;
  readonly do_center_crop?: boolean;
  readonly do_rescale?: boolean;
  readonly rescale_factor?: number;
  readonly do_normalize?: boolean;
  readonly image_mean?: readonly number[];
  readonly image_std?: readonly number[];
  /** Blue, green, red in place of red, green, blue. */
  readonly do_flip_channel_order?: boolean;
}

export interface Preprocessor {
  readonly width: number;
  readonly height: number;
  /** Pixels as the encoder wants them: [3, height, width], row-major, rescaled and normalised. */
  pixelValues(image: Pick<DecodedImage, "pixels" | "width" | "height">): Float32Array;
}

/** Throws RoraError `unavailable` for a configuration whose pictures would come out in different sizes. */
export function createPreprocessor(config: PreprocessorConfig): Preprocessor {
  const cropped = config.do_center_crop === true;
  const size = sizeOf(config.size, cropped);
  const target = cropped ? rectangle(config.crop_size ?? config.size) : rectangle(size);
  const resample = (config.resample ?? 2) as Resample;
  if (
    target === null ||
    ![1, 2, 3].includes(resample) ||
    config.do_resize === false ||
    !covers(size, target)
  ) {
    throw new RoraError(
      "unavailable",
      "The model's preprocessor_config.json asks for a size or resampling Rora does not know.",
    );
  }
  const channels = channelsOf(config);
  return {
    ...target,
    pixelValues(image) {
      const to = resizedTo(size, image);
      const resized = resize(image.pixels, image, to, resample);
      const top = Math.floor((to.height - target.height) / 2);
      const left = Math.floor((to.width - target.width) / 2);
      const plane = target.width * target.height;
      const values = new Float32Array(3 * plane);
      for (let row = 0; row < target.height; row++) {
        for (let column = 0; column < target.width; column++) {
          const pixel = ((row + top) * to.width + column + left) * 3;
          for (let channel = 0; channel < 3; channel++) {
            const { from, scale, offset } = channels[channel]!;
            values[channel * plane + row * target.width + column] = resized[pixel + from]! * scale + offset;
          }
        }
      }
      return values;
    },
  };
}

/** For each channel of the result: which of red, green and blue it is, and value = byte · scale + offset. */
function channelsOf(config: PreprocessorConfig) {
  const rescale = config.do_rescale === false ? 1 : (config.rescale_factor ?? 1 / 255);
  return [0, 1, 2].map((channel) => {
    const mean = config.do_normalize === false ? 0 : (config.image_mean?.[channel] ?? 0);
    const deviation = config.do_normalize === false ? 1 : (config.image_std?.[channel] ?? 1);
    const from = config.do_flip_channel_order === true ? 2 - channel : channel;
    return { from, scale: rescale / deviation, offset: -mean / deviation };
  });
}

/** A bare number is the shortest edge where a crop follows, as CLIP's configurations before 2023 mean it, else both edges. */
function sizeOf(size: Edge, cropped: boolean): Edge {
  return typeof size === "number" && cropped ? { shortest_edge: size } : size;
}

function rectangle(edge: Edge): Rectangle | null {
  if (typeof edge === "number") return { width: edge, height: edge };
  return edge?.width !== undefined && edge.height !== undefined
    ? { width: edge.width, height: edge.height }
    : null;
}

/** Whether what is cut out always lies within the resized picture. */
function covers(size: Edge, target: Rectangle): boolean {
  const least = typeof size === "object" ? size?.shortest_edge : undefined;
  const { width, height } =
    least === undefined ? (rectangle(size) ?? target) : { width: least, height: least };
  return target.width <= width && target.height <= height;
}

function resizedTo(size: Edge, image: Rectangle): Rectangle {
  const fixed = rectangle(size);
  if (fixed !== null) return fixed;
  const edge = (size as { shortest_edge: number }).shortest_edge;
  const long = Math.trunc((edge * Math.max(image.width, image.height)) / Math.min(image.width, image.height));
  return image.width < image.height ? { width: edge, height: long } : { width: long, height: edge };
}
