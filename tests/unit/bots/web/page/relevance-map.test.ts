import { describe, expect, it } from "vitest";
import { outlineOf } from "../../../../../bots/web/page/relevance-map.js";

const sides = (path: string) => path.match(/M[^M]+/g) ?? [];

describe("the outline of kept patches", () => {
  it("has four sides round one patch", () => {
    expect(sides(outlineOf(new Set([4]), 3)).sort()).toEqual(["M1 1h1", "M1 1v1", "M1 2h1", "M2 1v1"]);
  });

  it("leaves out sides between neighbours", () => {
    expect(sides(outlineOf(new Set([0, 1, 3, 4]), 3))).toHaveLength(8);
  });

  it("does not take the end of one row and the start of the next for neighbours", () => {
    expect(sides(outlineOf(new Set([2, 3]), 3))).toHaveLength(8);
  });
});
