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

  it("takes a bare number as the shortest edge where a crop follows, else as both", () => {
    const values = { do_normalize: false, do_rescale: false, resample: 2 };
    // Left half black, right half white: squeezed into a square both halves show, cropped to its middle as well.
    const pixels = new Uint8Array(8 * 2 * 3).map((_, byte) => (Math.floor(byte / 3) % 8 < 4 ? 0 : 255));
    const row = (config: object) => {
      const made = createPreprocessor({ ...values, size: 2, ...config });
      return [...made.pixelValues({ pixels, width: 8, height: 2 })].slice(0, 2);
    };
    expect(row({ do_center_crop: true, crop_size: 2 })).toEqual([0, 255]);
    const [left, right] = row({});
    expect(left).toBeGreaterThan(0);
    expect(right).toBeLessThan(255);
  });

  it("puts blue first when the configuration says so", () => {
    const config = { size: 1, do_normalize: false, do_rescale: false, do_flip_channel_order: true };
    const pixels = new Uint8Array([10, 20, 30]);
    expect([...createPreprocessor(config).pixelValues({ pixels, width: 1, height: 1 })]).toEqual([
      30, 20, 10,
    ]);
  });

  it.each([
    ["pictures would differ in size", { size: { shortest_edge: 224 } }],
    ["more is cut out than there is", { size: 224, do_center_crop: true, crop_size: 336 }],
    ["pictures are not resized", { size: 224, do_resize: false }],
    ["an unknown resampling is meant", { size: 224, resample: 0 }],
  ])("refuses a configuration under which %s", (_, config) => {
    expect(() => createPreprocessor(config)).toThrow(/preprocessor_config.json/);
  });
});
