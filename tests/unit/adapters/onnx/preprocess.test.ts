import { describe, expect, it } from "vitest";
import { readJson } from "../../../../src/adapters/onnx/model-directory.ts";
import { createPreprocessor } from "../../../../src/adapters/onnx/preprocess.ts";
import { resize } from "../../../../src/adapters/onnx/resize.ts";
import { bytes, difference, floats, golden, TINY } from "./tiny.ts";

describe("resizing", () => {
  it.each(golden.resizes)(
    "equals Pillow's method $resample from $width × $height to $toWidth × $toHeight",
    (example) => {
      const to = { width: example.toWidth, height: example.toHeight };
      const resized = resize(bytes(example.pixels), example, to, example.resample);
      expect([...resized]).toEqual([...bytes(example.resized)]);
    },
  );
});

describe("pixel preprocessing", () => {
  it.each(golden.pictures)(
    "makes the reference's pixel values of a $width × $height picture",
    async (picture) => {
      const preprocessor = createPreprocessor(await readJson(TINY, "preprocessor_config.json"));
      const values = preprocessor.pixelValues({ ...picture, pixels: bytes(picture.pixels) });
      expect(difference(values, floats(picture.pixelValues))).toBeLessThan(1e-5);
    },
  );

  it("scales the shortest edge and keeps the middle when the configuration says so, as CLIP's does", () => {
    const preprocessor = createPreprocessor({
      size: { shortest_edge: 2 },
      crop_size: 2,
      do_center_crop: true,
      do_normalize: false,
    });
    // Three 2 × 2 blocks side by side: 0, 255, 0.
    const pixels = new Uint8Array(6 * 2 * 3).map((_, byte) => (Math.floor(byte / 6) % 3 === 1 ? 255 : 0));
    expect([...preprocessor.pixelValues({ pixels, width: 6, height: 2 })]).toEqual(new Array(12).fill(1));
  });

  it("refuses a configuration under which pictures would differ in size", () => {
    expect(() => createPreprocessor({ size: { shortest_edge: 224 } })).toThrow(/preprocessor_config.json/);
  });
});
