/** Where what the question is about is small, the encoder sees too little of it: a second look takes only that part of the picture. */
import type { DecodedImage, PatchGrid, RelevanceMap } from "../domain/image.ts";
import { mostRelevant } from "./relevance.ts";

export interface CloserLookOptions {
  /** A second look is taken when less than this share of the patches matters; 0 never takes one. */
  readonly below: number;
  /** Patches of surroundings kept on each side: a thing is known by what it stands out from. */
  readonly margin: number;
}

/** Part of a picture, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Patches that give the upper level, and the share of patches that gives the lower one. */
const BEST = 4;
const BACKGROUND = 0.1;

/**
 * The part worth a second look, or null. A patch matters when it lies above the middle between the best and the background;
 * the part is what holds together with the best patch, and its margin.
 */
export function regionToLookAt(
  map: RelevanceMap,
  picture: Pick<DecodedImage, "width" | "height">,
  { below, margin }: CloserLookOptions,
): Region | null {
  const descending = map.scores.toSorted((left, right) => right - left);
  const background = descending.slice(-Math.ceil(descending.length * BACKGROUND));
  const level = (mean(descending.slice(0, BEST)) + mean(background)) / 2;
  const matters = map.scores.map((score) => score > level);
  if (matters.filter(Boolean).length >= below * map.scores.length) return null;
  const part = connected(matters, mostRelevant(map.scores, 1)[0]!, map);
  const rows = part.map((patch) => Math.floor(patch / map.columns));
  const columns = part.map((patch) => patch % map.columns);
  const [left, right] = stretch(columns, map.columns, picture.width, margin);
  const [top, bottom] = stretch(rows, map.rows, picture.height, margin);
  return { left, top, width: right - left, height: bottom - top };
}

/** The part as a picture of its own; its hash tells it from other parts. */
export function cropped(picture: DecodedImage, { left, top, width, height }: Region): DecodedImage {
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = ((top + row) * picture.width + left) * 3;
    pixels.set(picture.pixels.subarray(start, start + width * 3), row * width * 3);
  }
  return { ...picture, sha256: `${picture.sha256}@${left},${top},${width},${height}`, pixels, width, height };
}

/** Patches that matter and can be reached from `start` through sides. */
function connected(matters: readonly boolean[], start: number, { rows, columns }: PatchGrid): number[] {
  const reached = new Set([start]);
  for (const patch of reached) {
    const column = patch % columns;
    const beside = [
      ...(column > 0 ? [patch - 1] : []),
      ...(column < columns - 1 ? [patch + 1] : []),
      ...(patch >= columns ? [patch - columns] : []),
      ...(patch < (rows - 1) * columns ? [patch + columns] : []),
    ];
    for (const next of beside) if (matters[next]) reached.add(next);
  }
  return [...reached];
}

/** First and last pixel (exclusive) of some rows or columns with their margin; at least one pixel. */
function stretch(
  lines: readonly number[],
  count: number,
  pixels: number,
  margin: number,
): readonly [number, number] {
  const first = Math.floor((Math.max(0, Math.min(...lines) - margin) / count) * pixels);
  const last = Math.ceil((Math.min(count, Math.max(...lines) + 1 + margin) / count) * pixels);
  return [first, Math.max(first + 1, last)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
