import sharp from "sharp";
import type { DecodedImage, RelevanceMap } from "../../domain/image.ts";

export interface FocusedPictureLimits {
  /** Of the result, in pixels. */
  readonly longestSide: number;
}

/** Brightness of what matters least; enough is left to see what surrounds the rest. */
const DIMMEST = 0.35;
/** Pixels that the shorter side of a small crop is enlarged to: vision towers refuse pictures below one of their patches. */
const SHORTEST_SIDE = 56;

/**
 * What refinement does for models whose tokens cannot be pruned: the picture cropped to its kept patches and one patch around them;
 * in there, the kept ones as they are and the others the darker the less they matter. Without patches, the whole picture.
 * @returns JPEG, which every server reads
 */
export async function focusedPicture(
  { pixels, width, height }: Pixels,
  map: RelevanceMap,
  { longestSide }: FocusedPictureLimits,
): Promise<Uint8Array> {
  const whole = map.scores.length === 0;
  const lit = whole ? pixels : await dimmed({ pixels, width, height }, map);
  const crop = whole ? { left: 0, top: 0, width, height } : cropOf(map, width, height);
  const enlarged = Math.max(1, SHORTEST_SIDE / Math.min(crop.width, crop.height));
  const scale = Math.min(enlarged, longestSide / Math.max(crop.width, crop.height));
  return sharp(lit, { raw: { width, height, channels: 3 } })
    .extract(crop)
    .resize({
      width: Math.max(1, Math.round(crop.width * scale)),
      height: Math.max(1, Math.round(crop.height * scale)),
      fit: "fill",
    })
    .jpeg({ quality: 90 })
    .toBuffer();
}

type Pixels = Pick<DecodedImage, "pixels" | "width" | "height">;

async function dimmed({ pixels, width, height }: Pixels, map: RelevanceMap): Promise<Uint8Array> {
  const light = await sharp(brightness(map), { raw: { width: map.columns, height: map.rows, channels: 3 } })
    .resize({ width, height, fit: "fill", kernel: "linear" })
    .png()
    .toBuffer();
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([{ input: light, blend: "multiply" }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** RGB, one grey pixel a patch; scores are stretched over the whole scale, since only their order means something. */
function brightness({ scores, kept }: RelevanceMap): Uint8Array {
  const lowest = Math.min(...scores);
  const range = Math.max(...scores) - lowest || 1;
  const levels = scores.map((score) => DIMMEST + (1 - DIMMEST) * ((score - lowest) / range));
  for (const patch of kept) levels[patch] = 1;
  return Uint8Array.from(levels.flatMap((level) => new Array<number>(3).fill(Math.round(255 * level))));
}

/** In pixels: the smallest rectangle of patches around the kept ones, wider by one patch on each side. */
function cropOf({ rows, columns, kept }: RelevanceMap, width: number, height: number) {
  const across = rangeOf(
    kept.map((patch) => patch % columns),
    columns,
    width,
  );
  const down = rangeOf(
    kept.map((patch) => Math.floor(patch / columns)),
    rows,
    height,
  );
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

/** Pixels from the first patch of a line to its last, at least one. */
function rangeOf(places: readonly number[], count: number, size: number) {
  const first = Math.max(0, Math.min(...places) - 1);
  const last = Math.min(count, Math.max(...places) + 2);
  const start = Math.min(size - 1, Math.floor((first * size) / count));
  return { start, length: Math.max(1, Math.ceil((last * size) / count) - start) };
}
