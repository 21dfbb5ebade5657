import { describe, expect, test } from "vitest";
import { cropped, regionToLookAt } from "../../../src/vision/closer-look.ts";
import { decodedImage } from "../../support/hand-made.ts";

const options = { below: 0.15, margin: 1 };
const size = { width: 1000, height: 500 };

/** A map of 10 × 10 patches: 0.9 where `matters` says so, else about 0. */
function map(matters: (row: number, column: number) => boolean) {
  const scores = Array.from({ length: 100 }, (_, patch) =>
    matters(Math.floor(patch / 10), patch % 10) ? 0.9 : 0.01 * (patch % 3),
  );
  return { rows: 10, columns: 10, scores, kept: [] };
}

describe("where a second look goes", () => {
  test("to what matters and a patch around it", () => {
    const small = map((row, column) => (row === 4 || row === 5) && column >= 6 && column <= 7);
    expect(regionToLookAt(small, size, options)).toEqual({ left: 500, top: 150, width: 400, height: 200 });
  });

  test("not over the edge of the picture", () => {
    const corner = map((row, column) => row === 0 && column >= 8);
    expect(regionToLookAt(corner, size, options)).toEqual({ left: 700, top: 0, width: 300, height: 100 });
  });

  test("to one of several places: the one with the best patch and what touches it by a side", () => {
    const two = map((row, column) => row === 2 && (column < 2 || column > 7));
    const scores = two.scores.with(29, 0.95);
    expect(regionToLookAt({ ...two, scores }, size, options)).toEqual({
      left: 700,
      top: 50,
      width: 300,
      height: 150,
    });
  });

  test("nowhere when what matters is large", () => {
    expect(
      regionToLookAt(
        map((row) => row < 2),
        size,
        options,
      ),
    ).toBeNull();
  });

  test("nowhere when nothing stands out", () => {
    const flat = { rows: 10, columns: 10, scores: new Array<number>(100).fill(0.4), kept: [] };
    expect(
      regionToLookAt(
        { ...flat, scores: flat.scores.map((score, patch) => score + 1e-3 * (patch % 7)) },
        size,
        options,
      ),
    ).toBeNull();
  });

  test("nowhere when it is switched off", () => {
    expect(
      regionToLookAt(
        map((row, column) => row + column === 0),
        size,
        { below: 0, margin: 1 },
      ),
    ).toBeNull();
  });

  test("to at least a pixel, however small the picture", () => {
    const region = regionToLookAt(
      map((row, column) => row + column === 0),
      { width: 1, height: 1 },
      { below: 0.15, margin: 0 },
    );
    expect(region).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });
});

describe("the part looked at", () => {
  // 3 × 2 pixels, numbered.
  const picture = {
    ...decodedImage("whole"),
    width: 3,
    height: 2,
    pixels: Uint8Array.from({ length: 18 }, (_, index) => index),
  };

  test("is a picture of its own pixels", () => {
    const part = cropped(picture, { left: 1, top: 0, width: 2, height: 2 });
    expect([part.width, part.height, ...part.pixels]).toEqual([
      2, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17,
    ]);
  });

  test("has another hash than the whole and than other parts, since encodings are remembered by it", () => {
    const hashes = [
      picture,
      cropped(picture, { left: 0, top: 0, width: 2, height: 1 }),
      cropped(picture, { left: 1, top: 0, width: 2, height: 1 }),
    ];
    expect(new Set(hashes.map(({ sha256 }) => sha256)).size).toBe(3);
  });
});
