import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  keptPatches,
  patchSimilarity,
  refineQuery,
  refineRetrieved,
  visualTokens,
} from "../../../src/vision/refinement.ts";
import { encodedImage } from "../../support/hand-made.ts";

/** Patches of a picture: the first two show what is asked about, the third something else. */
const query = encodedImage([
  [1, 0, 0],
  [0.8, 0.6, 0],
  [0, 0, 1],
]);
const retrieved = encodedImage(
  [
    [0, 0, 1],
    [0.6, 0.8, 0],
    [1, 0, 0],
    [0, 1, 0],
  ],
  [
    [10, 11],
    [20, 21],
    [30, 31],
    [40, 41],
  ],
);
const question = Float32Array.of(1, 0, 0);
const options = { keepQuery: 2, keepRetrieved: 2 };

describe("refining by hand-made matrices", () => {
  test("the query keeps the patches nearest to the question, with the whole map of scores", () => {
    const map = refineQuery(query, question, options);
    expect(map).toMatchObject({ rows: 1, columns: 3, kept: [0, 1] });
    for (const [index, expected] of [1, 0.8, 0].entries()) expect(map.scores[index]).toBeCloseTo(expected, 6);
  });

  test("a retrieved picture keeps the patches nearest to the kept query patches", () => {
    const kept = keptPatches(query, refineQuery(query, question, options).kept);
    // Their mean is [0.9, 0.3, 0]: cosines 0, 0.78, 0.9 and 0.3.
    const map = refineRetrieved(retrieved, kept, options);
    expect(map).toMatchObject({ rows: 1, columns: 4, kept: [1, 2] });
    for (const [index, expected] of [0, 0.78, 0.9, 0.3].entries())
      expect(map.scores[index]).toBeCloseTo(expected, 6);
    expect(refineRetrieved(retrieved, kept, { ...options, keepRetrieved: 3 }).kept).toEqual([1, 2, 3]);
  });

  test("patches that were not kept have no say", () => {
    const kept = keptPatches(query, [2]);
    expect(refineRetrieved(retrieved, kept, { ...options, keepRetrieved: 1 }).kept).toEqual([0]);
  });

  test("Infinity keeps everything", () => {
    const all = { keepQuery: Number.POSITIVE_INFINITY, keepRetrieved: Number.POSITIVE_INFINITY };
    expect(refineQuery(query, question, all).kept).toEqual([0, 1, 2]);
    expect(refineRetrieved(retrieved, keptPatches(query, [0]), all).kept).toEqual([0, 1, 2, 3]);
  });
});

describe("patch similarity", () => {
  test("is the mean of each query patch's best match", () => {
    // Best matches: 1 (with the third patch) and 0.96 (with the second).
    expect(patchSimilarity(keptPatches(query, [0, 1]), retrieved)).toBeCloseTo((1 + 0.96) / 2, 6);
  });

  test("of a picture with itself is 1, and never more for patches of unit length", () => {
    const unit = fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
      .filter((values) => Math.hypot(...values) > 0.1)
      .map((values) => values.map((value) => value / Math.hypot(...values)));
    const pictures = fc.array(unit, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pictures, pictures, (one, other) => {
        const patches = one.map((values) => Float32Array.from(values));
        expect(patchSimilarity(patches, encodedImage(one))).toBeCloseTo(1, 4);
        expect(patchSimilarity(patches, encodedImage(other))).toBeLessThanOrEqual(1 + 1e-5);
      }),
    );
  });

  test("without query patches is 0", () => {
    expect(patchSimilarity([], retrieved)).toBe(0);
  });
});

describe("visual tokens", () => {
  test("are the features of the kept patches, in their order, copied", () => {
    const tokens = visualTokens(retrieved, [1, 3]);
    expect(tokens).toMatchObject({ patches: [1, 3], featureSize: 2, total: 4 });
    expect([...tokens.features]).toEqual([20, 21, 40, 41]);
    expect(tokens.features.buffer).not.toBe(retrieved.features!.buffer);
  });

  test("cannot be taken from an encoder that makes none", () => {
    expect(() => visualTokens(query, [0])).toThrow("no features");
  });
});
