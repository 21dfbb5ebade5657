import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactMatch, percentile, shareOf } from "../../../src/evaluation/metrics.ts";

describe("an exact match", () => {
  test.each([
    ["The Central African CFA franc.", "Central African CFA franc"],
    ["N'Djamena", "n’djamena"],
    ["U.S. dollar", "us dollar"],
    ["+235", "+235"],
    [".td", "td"],
    ["180 km²", "180 km2"],
    ["a  republic", "Republic"],
  ])("%j is %j", (answer, accepted) => {
    expect(exactMatch(answer, ["something else", accepted])).toBe(true);
  });

  test.each([
    ["Chad", "Chile"],
    ["franc", "CFA franc"],
    ["$", "€"],
    ["+235", "-235"],
    ["then", "n"],
    ["", "Chad"],
  ])("%j is not %j", (answer, accepted) => {
    expect(exactMatch(answer, [accepted])).toBe(false);
  });

  test("with nothing is impossible", () => {
    expect(exactMatch("Chad", [])).toBe(false);
  });
});

describe("a share", () => {
  test("has the Wilson interval of the textbook", () => {
    // 8 of 10: 0.4902 to 0.9433 (Brown, Cai and DasGupta 2001 give the formula).
    const share = shareOf([...Array<boolean>(8).fill(true), false, false]);
    expect(share).toMatchObject({ hits: 8, count: 10, value: 0.8 });
    expect(share.low).toBeCloseTo(0.4902, 3);
    expect(share.high).toBeCloseTo(0.9433, 3);
  });

  test("of nothing is unknown, anywhere between 0 and 1", () => {
    expect(shareOf([])).toMatchObject({ count: 0, value: Number.NaN, low: 0, high: 1 });
  });

  test("lies in its interval, and the interval between 0 and 1", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), (outcomes) => {
        const { low, value, high } = shareOf(outcomes);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("a percentile is interpolated between its neighbours, whatever the order", () => {
  expect(percentile([30, 10, 20], 0.5)).toBe(20);
  expect(percentile([10, 20], 0.5)).toBe(15);
  expect(percentile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48, 9);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});
