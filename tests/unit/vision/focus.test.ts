import { describe, expect, test } from "vitest";
import { focusEmbedding } from "../../../src/vision/focus.ts";
import { refineQuery } from "../../../src/vision/refinement.ts";
import { encodedImage } from "../../support/hand-made.ts";

/** A picture of two things, of which the global embedding (the first patch) is one. */
const picture = encodedImage([
  [1, 0, 0],
  [0, 0.6, 0.8],
  [0, 1, 0],
]);
const map = refineQuery(picture, Float32Array.of(0, 0.8, 0.6), { keepQuery: 1, keepRetrieved: 1 });

describe("what retrieval asks with", () => {
  test("leans to the patches the question is about", () => {
    // The nearest patch to the question is the second: (1, 0, 0) + 2 (0, 0.6, 0.8), and that over the root of 5.
    const [x, y, z] = focusEmbedding(picture, map, { patches: 1, weight: 2 });
    expect([x! * Math.sqrt(5), y! * Math.sqrt(5), z! * Math.sqrt(5)]).toEqual([
      expect.closeTo(1, 6),
      expect.closeTo(1.2, 6),
      expect.closeTo(1.6, 6),
    ]);
  });

  test("takes the mean of several patches at length one, however much they differ", () => {
    const focus = focusEmbedding(picture, map, { patches: 2, weight: 1 });
    expect(Math.hypot(...focus)).toBeCloseTo(1, 6);
    expect(focus[0]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  test("is the global embedding when the weight is 0", () => {
    expect([...focusEmbedding(picture, map, { patches: 2, weight: 0 })]).toEqual([1, 0, 0]);
  });

  test("is the global embedding where the patches cancel out", () => {
    const opposed = encodedImage([
      [1, 0],
      [0, 1],
      [0, -1],
    ]);
    const scores = { rows: 1, columns: 3, scores: [0, 1, 1], kept: [1, 2] };
    expect([...focusEmbedding(opposed, scores, { patches: 2, weight: 2 })]).toEqual([1, 0]);
  });
});
