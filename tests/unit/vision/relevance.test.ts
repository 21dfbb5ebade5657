import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dot } from "../../../src/domain/vectors.ts";
import {
  mostRelevant,
  patchRows,
  relevanceToPatches,
  relevanceToText,
} from "../../../src/vision/relevance.ts";
import { encodedImage } from "../../support/hand-made.ts";

const image = encodedImage([
  [1, 0],
  [0, 1],
  [0.6, 0.8],
  [-1, 0],
]);

const finite = fc.float({ min: -1, max: 1, noNaN: true });
const vectorsOf = (size: number, least = 1) =>
  fc.array(fc.array(finite, { minLength: size, maxLength: size }), { minLength: least, maxLength: 12 });

describe("relevance to a text", () => {
  test("is the cosine of every patch with it, in raster order", () => {
    const scores = relevanceToText(image, Float32Array.of(0.8, 0.6));
    expect(scores).toHaveLength(4);
    for (const [index, expected] of [0.8, 0.6, 0.96, -0.8].entries())
      expect(scores[index]).toBeCloseTo(expected, 6);
  });
});

describe("relevance to the kept query patches", () => {
  test("is the mean of the cosines with each of them", () => {
    const scores = relevanceToPatches(image, [Float32Array.of(1, 0), Float32Array.of(0, 1)]);
    for (const [index, expected] of [0.5, 0.5, 0.7, -0.5].entries())
      expect(scores[index]).toBeCloseTo(expected, 6);
  });

  test("equals the double sum of the paper's equation 5, divided by the number of query patches", () => {
    fc.assert(
      fc.property(vectorsOf(3), vectorsOf(3), (retrieved, query) => {
        const patches = query.map((values) => Float32Array.from(values));
        const other = encodedImage(retrieved);
        const scores = relevanceToPatches(other, patches);
        patchRows(other).forEach((patch, index) => {
          const sum = patches.reduce((total, each) => total + dot(each, patch), 0);
          expect(scores[index]).toBeCloseTo(sum / patches.length, 5);
        });
      }),
    );
  });
});

describe("the most relevant patches", () => {
  test("stand in raster order, whatever their scores", () => {
    expect(mostRelevant([0.1, 0.9, 0.3, 0.5], 2)).toEqual([1, 3]);
    expect(mostRelevant([0.9, 0.1, 0.3, 0.95], 3)).toEqual([0, 2, 3]);
  });

  test("are the earlier ones where scores are equal", () => {
    expect(mostRelevant([0.5, 0.5, 0.5], 2)).toEqual([0, 1]);
  });

  test("are all of them when as many or more are asked for", () => {
    expect(mostRelevant([3, 1, 2], 3)).toEqual([0, 1, 2]);
    expect(mostRelevant([3, 1, 2], Number.POSITIVE_INFINITY)).toEqual([0, 1, 2]);
  });

  test("are ascending, unique, as many as asked for, and none left out scores higher", () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), fc.nat(70), (scores, count) => {
        const kept = mostRelevant(scores, count);
        expect(kept).toHaveLength(Math.min(count, scores.length));
        for (let index = 1; index < kept.length; index++)
          expect(kept[index]!).toBeGreaterThan(kept[index - 1]!);
        const lowestKept = Math.min(...kept.map((index) => scores[index]!));
        const left = scores.filter((_, index) => !kept.includes(index));
        for (const score of left) expect(score).toBeLessThanOrEqual(kept.length === 0 ? 1 : lowestKept);
      }),
    );
  });
});

test("the rows of a picture are views of its patches, not copies", () => {
  const rows = patchRows(image);
  expect(rows.map((row) => [...row].map((value) => Math.round(value * 10) / 10))).toEqual([
    [1, 0],
    [0, 1],
    [0.6, 0.8],
    [-1, 0],
  ]);
  expect(rows[2]!.buffer).toBe(image.patches.buffer);
});
