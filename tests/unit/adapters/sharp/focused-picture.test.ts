import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { focusedPicture } from "../../../../src/adapters/sharp/focused-picture.ts";
import { colourAt } from "./pictures.ts";

/** White, so that a pixel tells how much light was left. */
const white = (width: number, height: number) => ({
  width,
  height,
  pixels: new Uint8Array(width * height * 3).fill(255),
});
/** 10 × 10 patches of which only the given ones matter. */
const mapOf = (kept: readonly number[]) => ({
  rows: 10,
  columns: 10,
  scores: Array.from({ length: 100 }, (_, patch) => (kept.includes(patch) ? 0.9 : 0.1)),
  kept,
});
const read = async (bytes: Uint8Array) => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { ...info, pixels: new Uint8Array(data), format: (await sharp(bytes).metadata()).format };
};

describe("a picture for a served model", () => {
  it("is a JPEG of the kept patches and one around them", async () => {
    const seen = await read(await focusedPicture(white(400, 200), mapOf([44, 46]), { longestSide: 768 }));
    // Columns 3 to 7 and rows 3 to 5, of 40 × 20 pixels each.
    expect(seen).toMatchObject({ format: "jpeg", width: 200, height: 60 });
  });

  it("shows what was kept as it is, and what matters least darker", async () => {
    const seen = await read(await focusedPicture(white(400, 200), mapOf([44, 46]), { longestSide: 768 }));
    const [kept, between, edge] = [60, 100, 4].map((x) => colourAt(seen, x, 30)[0]!);
    expect(kept).toBeGreaterThan(245);
    expect(between).toBeLessThan(120);
    expect(edge).toBeGreaterThan(70);
    expect(edge).toBeLessThan(110);
  });

  it("is the whole picture, undimmed, where there are no patches", async () => {
    const map = { rows: 0, columns: 0, scores: [], kept: [] };
    const seen = await read(await focusedPicture(white(400, 200), map, { longestSide: 768 }));
    expect(seen).toMatchObject({ width: 400, height: 200 });
    expect(colourAt(seen, 200, 100)[0]).toBeGreaterThan(250);
  });

  it("stays as it was when every patch is kept", async () => {
    const all = mapOf(Array.from({ length: 100 }, (_, patch) => patch));
    const seen = await read(await focusedPicture(white(120, 80), all, { longestSide: 768 }));
    expect(seen).toMatchObject({ width: 120, height: 80 });
    expect(Math.min(...seen.pixels)).toBeGreaterThan(250);
  });

  it("is not larger than the server takes, nor so small that it refuses it", async () => {
    const all = mapOf([0, 99]);
    expect(await read(await focusedPicture(white(1000, 500), all, { longestSide: 300 }))).toMatchObject({
      width: 300,
      height: 150,
    });
    expect(await read(await focusedPicture(white(40, 20), mapOf([0]), { longestSide: 768 }))).toMatchObject({
      width: 112,
      height: 56,
    });
    expect(await read(await focusedPicture(white(1, 1), mapOf([99]), { longestSide: 768 }))).toMatchObject({
      width: 56,
      height: 56,
    });
  });
});
