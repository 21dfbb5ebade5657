/** The tiny random CLIP models of tests/fixtures/clip, and what transformers, PyTorch and Pillow computed with them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DecodedImage } from "../../../../src/domain/image.ts";
import { bytes } from "./tiny.ts";

const CLIP = join(import.meta.dirname, "../../../fixtures/clip");
/** As training/export writes it, and as the hub's exports are. */
export const DENSE = join(CLIP, "dense");
export const STOCK = join(CLIP, "stock");

interface GoldenClip {
  readonly texts: {
    readonly text: string;
    readonly ids: number[];
    readonly embedding: number[];
    /** Less what all texts share. */
    readonly relevance: number[];
  }[];
  readonly pictures: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly pixels: string;
    readonly pixelValues: string;
    readonly embedding: number[];
    /** CLIP Surgery's, computed without the exporter's code. */
    readonly patches: number[];
  }[];
}

export const goldenClip: GoldenClip = JSON.parse(readFileSync(join(CLIP, "golden.json"), "utf8"));

export function clipPicture({ name, pixels, width, height }: GoldenClip["pictures"][number]): DecodedImage {
  return {
    sha256: name,
    perceptualHash: "",
    pixels: bytes(pixels),
    width,
    height,
    mediaType: "image/png",
    notices: [],
  };
}
