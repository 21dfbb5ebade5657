import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawRelevanceOverlay } from "../../../../src/adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "../../../../src/adapters/sharp/thumbnail.ts";
import { noise, plain, svg } from "./pictures.ts";

describe("a thumbnail", () => {
  it("is a PNG of the asked width with its proportions, from pixels or from an SVG", async () => {
    for (const bytes of [await plain(640, 480).jpeg().toBuffer(), svg("<rect/>", 'viewBox="0 0 640 480"')]) {
      const small = await sharp(await thumbnail(bytes, 160)).metadata();
      expect(small).toMatchObject({ format: "png", width: 160, height: 120 });
    }
  });

  it("keeps transparency", async () => {
    const small = await sharp(await thumbnail(svg('<rect width="10" height="10"/>'), 20))
      .ensureAlpha()
      .raw()
      .toBuffer();
    expect(small[19 * 4 + 3]).toBe(0);
    expect(small[3]).toBe(255);
  });

  it("of damaged bytes is refused", async () => {
    const cut = (await noise(200, 200).jpeg().toBuffer()).subarray(0, 5000);
    await expect(thumbnail(cut, 100)).rejects.toMatchObject({ code: "image-unreadable" });
  });
});

describe("the relevance overlay", () => {
  const scores = [0.1, 0.2, 0.3, 0.9, 0.1, 0.1];
  const map = { rows: 2, columns: 3, scores, kept: [3] };
  const pixelsOf = async (bytes: Uint8Array) =>
    sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });

  it("is a PNG as large as the picture, bright where it matters and dark where not", async () => {
    const { data, info } = await pixelsOf(
      await drawRelevanceOverlay(await plain(300, 200).png().toBuffer(), map),
    );
    expect([info.width, info.height]).toEqual([300, 200]);
    const green = (x: number, y: number) => data[(y * info.width + x) * 3 + 1]!;
    // Patch 3 lies at the left of the lower row; the picture itself has green 30 everywhere.
    expect(green(50, 150)).toBeGreaterThan(100);
    expect(green(250, 150)).toBeLessThan(60);
  });

  it("outlines what was kept and nothing else", async () => {
    const picture = await plain(300, 200).png().toBuffer();
    const { data: none } = await pixelsOf(await drawRelevanceOverlay(picture, { ...map, kept: [] }));
    const { data: kept, info } = await pixelsOf(await drawRelevanceOverlay(picture, map));
    const changed = Array.from({ length: info.width * info.height }, (_, pixel) => pixel).filter(
      (pixel) => none[pixel * 3] !== kept[pixel * 3],
    );
    expect(changed.length).toBeGreaterThan(100);
    for (const pixel of changed) {
      expect(pixel % info.width).toBeLessThan(100);
      expect(Math.floor(pixel / info.width)).toBeGreaterThanOrEqual(100);
    }
  });

  it("can be drawn when every patch matters alike", async () => {
    const even = { rows: 2, columns: 3, scores: new Array(6).fill(0.2), kept: [0, 1, 2, 3, 4, 5] };
    expect(
      (await sharp(await drawRelevanceOverlay(await plain(3, 2).png().toBuffer(), even)).metadata()).width,
    ).toBe(3);
  });
});
