import sharp from "sharp";
import type { RelevanceMap } from "../../domain/image.ts";
import { flatPixels, IMAGE_LIMITS, openImage } from "./untrusted-image.ts";

/** Viridis at 0, ¼, ½, ¾ and 1: as clear to colour-blind readers and in grey as to others (van der Walt & Smith 2015). */
const VIRIDIS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/**
 * Lays the relevance map over the picture it belongs to: dark and thin where little matters for the question, bright and dense
 * where much does; kept patches are outlined, so that the choice shows without colour.
 * @returns PNG, at most 1024 pixels on the longer side
 * Throws RoraError `image-unreadable` or `image-too-large`.
 */
export async function drawRelevanceOverlay(bytes: Uint8Array, map: RelevanceMap): Promise<Uint8Array> {
  const opened = await openImage(bytes, { ...IMAGE_LIMITS, allowSvg: true });
  const { pixels, width, height } = await flatPixels(opened);
  const heat = await sharp(heatPixels(map), { raw: { width: map.columns, height: map.rows, channels: 4 } })
    .resize({ width, height, fit: "fill", kernel: "cubic" })
    .png()
    .toBuffer();
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([{ input: heat }, { input: Buffer.from(outlines(map, width, height)) }])
    .png()
    .toBuffer();
}

/** RGBA, one pixel a patch; scores are stretched over the whole scale, since only their order means something. */
function heatPixels({ rows, columns, scores }: RelevanceMap): Uint8Array {
  const lowest = Math.min(...scores);
  const range = Math.max(...scores) - lowest || 1;
  const pixels = new Uint8Array(rows * columns * 4);
  scores.forEach((score, patch) => {
    const level = (score - lowest) / range;
    pixels.set([...viridis(level), Math.round(255 * (0.25 + 0.4 * level))], patch * 4);
  });
  return pixels;
}

/** @param level 0…1 */
function viridis(level: number): number[] {
  const position = level * (VIRIDIS.length - 1);
  const below = Math.min(Math.floor(position), VIRIDIS.length - 2);
  return VIRIDIS[below]!.map((value, channel) =>
    Math.round(value + (position - below) * (VIRIDIS[below + 1]![channel]! - value)),
  );
}

function outlines({ rows, columns, kept }: RelevanceMap, width: number, height: number): string {
  const stepX = width / columns;
  const stepY = height / rows;
  const stroke = Math.max(1, Math.min(stepX, stepY) / 24);
  const frames = kept.map((patch) => {
    const x = (patch % columns) * stepX + stroke;
    const y = Math.floor(patch / columns) * stepY + stroke;
    return `<rect x="${x}" y="${y}" width="${Math.max(1, stepX - 2 * stroke)}" height="${Math.max(1, stepY - 2 * stroke)}"/>`;
  });
  // Black under white shows on any ground.
  const layer = (colour: string, thickness: number) =>
    `<g fill="none" stroke="${colour}" stroke-width="${thickness}">${frames.join("")}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${layer("black", 2 * stroke)}${layer("white", stroke)}</svg>`;
}
