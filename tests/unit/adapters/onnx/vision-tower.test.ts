import { afterAll, describe, expect, it } from "vitest";
import { architectureOf } from "../../../../src/adapters/onnx/architectures.ts";
import { readJson } from "../../../../src/adapters/onnx/model-directory.ts";
import { type TilingConfig, tilesOf } from "../../../../src/adapters/onnx/picture-tiles.ts";
import { createPreprocessor } from "../../../../src/adapters/onnx/preprocess.ts";
import { createVisionTower } from "../../../../src/adapters/onnx/vision-tower.ts";
import { difference, floats, tinySessions } from "./tiny.ts";
import { ARCHITECTURES, decodedPicture, goldenOf, modelFolder, promptPicture } from "./vlm.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());

async function towerOf(architecture: string) {
  const directory = modelFolder(architecture);
  const { model_type } = await readJson<{ model_type: string }>(directory, "config.json");
  const options = { directory, sessions, architecture: architectureOf(model_type), dtype: "fp32" } as const;
  return createVisionTower(options);
}

describe.each(ARCHITECTURES)("the tower of %s", (architecture) => {
  const golden = goldenOf(architecture);

  it("sees what PyTorch sees, in pictures of every shape", async () => {
    const tower = await towerOf(architecture);
    for (const [index, { features }] of golden.pictures.entries()) {
      const seen = await tower.see(promptPicture(golden, index, null));
      const expected = floats(features);
      expect(seen.total).toBe(expected.length / tower.featureSize);
      expect(difference(seen.features, expected)).toBeLessThan(1e-4 * Math.max(...expected.map(Math.abs)));
    }
  });

  it("keeps the tokens that lie where the relevance map points", async () => {
    const tower = await towerOf(architecture);
    for (const { picture, cells, tokens } of golden.generations.flatMap(({ images }) => images)) {
      const seen = await tower.see(promptPicture(golden, picture, cells));
      expect(seen.patches).toEqual(tokens);
      const whole = floats(golden.pictures[picture]!.features);
      const kept = tokens.flatMap((token) => [
        ...whole.subarray(token * tower.featureSize, (token + 1) * tower.featureSize),
      ]);
      expect(difference(seen.features, kept)).toBeLessThan(1e-4 * Math.max(...whole.map(Math.abs)));
    }
  });
});

it("cuts tiles as Hugging Face's processor does", async () => {
  const golden = goldenOf("idefics3");
  const config = await readJson<TilingConfig>(modelFolder("idefics3"), "preprocessor_config.json");
  const preprocessor = createPreprocessor({ ...config, size: { width: 32, height: 32 } });
  for (const [index, { tiles, pixelSums }] of golden.pictures.entries()) {
    const cut = tilesOf(decodedPicture(golden, index), config);
    expect(cut.tiles).toHaveLength(tiles);
    const sums = cut.tiles.map((tile) =>
      preprocessor.pixelValues(tile).reduce((sum, value) => sum + value, 0),
    );
    expect(difference(sums, pixelSums)).toBeLessThan(0.05);
  }
});

it("shows the whole picture alone when the configuration splits none", async () => {
  const config = await readJson<TilingConfig>(modelFolder("idefics3"), "preprocessor_config.json");
  const { tiles, tiling } = tilesOf(decodedPicture(goldenOf("idefics3"), 0), {
    ...config,
    do_image_splitting: false,
  });
  expect(tiling).toEqual({ rows: 0, columns: 0 });
  expect(tiles.map(({ width, height }) => [width, height])).toEqual([[32, 32]]);
});
