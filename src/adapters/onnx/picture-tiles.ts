/**
 * Idefics3 and SmolVLM see a picture as square tiles, row by row, and once as a whole. Sizes, rounding and marks are those of
 * Hugging Face's Idefics3ImageProcessor and Idefics3Processor.
 */
import type { DecodedImage } from "../../domain/image.ts";
import { type Resample, resize } from "./resize.ts";

/** What `preprocessor_config.json` says of tiles. */
export interface TilingConfig {
  readonly size: number | { readonly longest_edge?: number };
  readonly resample?: number;
  readonly do_image_splitting?: boolean;
  /** Side of a tile, in pixels. */
  readonly max_image_size?: { readonly longest_edge?: number };
}

/** Rows and columns of tiles; 0 and 0 when there is only the whole. */
export interface Tiling {
  readonly rows: number;
  readonly columns: number;
}

export interface Pixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface TiledPicture {
  readonly tiling: Tiling;
  /** The tiles row by row, then the whole, each `side` by `side`. */
  readonly tiles: readonly Pixels[];
}

const DEFAULT_SIDE = 364;
/** The processor never makes a picture longer than this. */
const LONGEST = 4096;

export function tileSide(config: TilingConfig): number {
  return config.max_image_size?.longest_edge ?? DEFAULT_SIDE;
}

export function tilesOf(
  picture: Pick<DecodedImage, "pixels" | "width" | "height">,
  config: TilingConfig,
): TiledPicture {
  const side = tileSide(config);
  const resample = (config.resample ?? 1) as Resample;
  const to = (from: Pixels, width: number, height: number): Pixels => ({
    pixels: new Uint8Array(resize(from.pixels, from, { width, height }, resample).buffer),
    width,
    height,
  });
  const longest = typeof config.size === "object" ? config.size.longest_edge : undefined;
  const { width, height } = longest === undefined ? picture : withLongestEdge(picture, longest);
  const scaled = to(picture, width, height);
  if (config.do_image_splitting === false) {
    return { tiling: { rows: 0, columns: 0 }, tiles: [to(scaled, side, side)] };
  }
  const whole = wholeTiles(scaled, side);
  const fitting = to(scaled, whole.width, whole.height);
  const rows = whole.height / side;
  const columns = whole.width / side;
  if (rows * columns === 1) return { tiling: { rows: 0, columns: 0 }, tiles: [fitting] };
  const tiles = Array.from({ length: rows * columns }, (_, tile) =>
    cut(fitting, Math.floor(tile / columns) * side, (tile % columns) * side, side),
  );
  return { tiling: { rows, columns }, tiles: [...tiles, to(fitting, side, side)] };
}

/** The text that stands for a picture: marks, and as many placeholders as each tile keeps tokens. */
export function tiledText({ rows, columns }: Tiling, kept: readonly number[], placeholder: string): string {
  const around = "<fake_token_around_image>";
  const tiles = Array.from({ length: rows * columns }, (_, tile) => {
    const [row, column] = [Math.floor(tile / columns) + 1, (tile % columns) + 1];
    const end = column === columns ? "\n" : "";
    return `${around}<row_${row}_col_${column}>${placeholder.repeat(kept[tile]!)}${end}`;
  });
  const whole = `${around}<global-img>${placeholder.repeat(kept[rows * columns]!)}${around}`;
  return `${tiles.join("")}${rows > 0 ? "\n" : ""}${whole}`;
}

/** The longer edge becomes `longest`, the shorter one even. */
function withLongestEdge(
  { width, height }: { readonly width: number; readonly height: number },
  longest: number,
) {
  const edge = Math.min(longest, LONGEST);
  const even = (length: number) => Math.max(1, length + (length % 2));
  const ratio = width / height;
  return width >= height
    ? { width: edge, height: even(Math.trunc(edge / ratio)) }
    : { width: even(Math.trunc(edge * ratio)), height: edge };
}

/** The next larger size that whole tiles fill. */
function wholeTiles({ width, height }: Pixels, side: number) {
  const up = (length: number) => Math.ceil(length / side) * side;
  const ratio = width / height;
  return width >= height
    ? { width: up(width), height: up(Math.trunc(up(width) / ratio)) }
    : { width: up(Math.trunc(up(height) * ratio)), height: up(height) };
}

function cut({ pixels, width }: Pixels, top: number, left: number, side: number): Pixels {
  const part = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    const from = ((top + row) * width + left) * 3;
    part.set(pixels.subarray(from, from + side * 3), row * side * 3);
  }
  return { pixels: part, width: side, height: side };
}
