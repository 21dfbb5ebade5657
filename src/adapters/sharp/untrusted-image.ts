/** Opens untrusted bytes as a picture, or says in plain words why not. Knows formats and limits, not what pictures are for. */
import sharp, { type Metadata, type Sharp } from "sharp";
import type { DecodedImage, ImageNotice } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import { isAnimatedPng } from "./animated-png.ts";
import { readingPixels, unknownFormat } from "./refusals.ts";

export interface ImageLimits {
  readonly bytes: number;
  /** Width × height, read from the header before anything is decoded. */
  readonly pixels: number;
  /** Time for decoding. */
  readonly seconds: number;
  /**
   * Also takes SVG; for files of our own only. Scripts, files and addresses named in an SVG have no effect (librsvg runs and loads
   * none), but its filters can keep a processor busy for long, and no time limit interrupts them.
   */
  readonly allowSvg: boolean;
}

export const IMAGE_LIMITS: ImageLimits = {
  bytes: 20 * 2 ** 20,
  pixels: 50_000_000,
  seconds: 5,
  allowSvg: false,
};

/** Longest side, in pixels, of what follows; no encoder here looks at more. */
const LONGEST_SIDE = 1024;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  tiff: "image/tiff",
  heif: "image/avif",
  svg: "image/svg+xml",
};

export interface OpenedImage {
  /** First frame, upright, 8-bit sRGB; transparency is still there. */
  readonly pipeline: Sharp;
  readonly mediaType: string;
  readonly notices: readonly ImageNotice[];
}

/** Throws RoraError `image-unreadable` or `image-too-large`. The type is told by content; names do not count. */
export async function openImage(bytes: Uint8Array, limits: ImageLimits): Promise<OpenedImage> {
  if (bytes.length === 0)
    throw new RoraError("image-unreadable", "This picture is empty (0 bytes). Send it again.");
  if (bytes.length > limits.bytes) {
    const most = Math.floor(limits.bytes / 2 ** 20);
    throw new RoraError(
      "image-too-large",
      `This picture is larger than ${most} MB. Send a smaller one or a screenshot of it.`,
    );
  }
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unknownFormat(cause);
    });
  const mediaType = mediaTypeOf(metadata, limits);
  if (metadata.width * metadata.height > limits.pixels) {
    const most = Math.floor(limits.pixels / 1_000_000);
    throw new RoraError(
      "image-too-large",
      `This picture is ${metadata.width} × ${metadata.height} pixels; at most ${most} million can be read. Send a smaller one.`,
    );
  }
  const pipeline = sharp(bytes, { limitInputPixels: limits.pixels, failOn: "truncated", page: 0, pages: 1 })
    .timeout({ seconds: limits.seconds })
    .autoOrient();
  return { pipeline, mediaType, notices: noticesOf(metadata, bytes) };
}

/**
 * The picture as RGB pixels, at most 1024 on the longer side. Transparency becomes white, the page that cut-outs, logos and diagrams
 * are drawn for; grey would take contrast from dark and light ones alike. Throws RoraError `image-unreadable` or `image-too-large`.
 */
export async function flatPixels({
  pipeline,
}: OpenedImage): Promise<Pick<DecodedImage, "pixels" | "width" | "height">> {
  const { data, info } = await readingPixels(() =>
    pipeline
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  return {
    pixels: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    width: info.width,
    height: info.height,
  };
}

function mediaTypeOf({ format, compression }: Metadata, { allowSvg }: ImageLimits): string {
  if (format === "svg" && !allowSvg) {
    throw new RoraError(
      "image-unreadable",
      "SVG drawings are not taken. Send a PNG, JPEG or WebP, for example a screenshot of it.",
    );
  }
  const mediaType = MEDIA_TYPES[format];
  if (mediaType === undefined || (format === "heif" && compression !== "av1")) throw unknownFormat();
  return mediaType;
}

function noticesOf({ format, pages = 1 }: Metadata, bytes: Uint8Array): ImageNotice[] {
  if (pages <= 1 && !isAnimatedPng(bytes)) return [];
  const text =
    format === "tiff"
      ? "This file has several pages; only the first was read."
      : "This picture is animated; only its first frame was read.";
  return [{ kind: "animated", text }];
}
