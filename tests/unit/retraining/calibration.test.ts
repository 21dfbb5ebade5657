import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  brierScore,
  expectedCalibrationError,
  highestThreshold,
  rankingQuality,
} from "../../../src/retraining/calibration.ts";

const yes = (probability: number) => ({ probability, label: true });
const no = (probability: number) => ({ probability, label: false });
const prediction = fc.record({
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  label: fc.boolean(),
});
const predictions = fc
  .array(prediction, { minLength: 2 })
  .filter((all) => new Set(all.map(({ label }) => label)).size === 2);

test("the Brier score is the mean squared error", () => {
  expect(brierScore([yes(0.8), no(0.4)])).toBeCloseTo((0.04 + 0.16) / 2, 12);
  expect(brierScore([yes(1), no(0)])).toBe(0);
});

describe("the expected calibration error", () => {
  test("is 0 where each bin's share of positives is its mean probability", () => {
    expect(expectedCalibrationError([yes(0.5), no(0.5), yes(1), no(0)])).toBe(0);
  });

  test("weighs each bin's gap by its size", () => {
    // 0.9 and 0.9 with one positive: gap 0.4 on two of three; 0.1 without: gap 0.1 on one of three.
    expect(expectedCalibrationError([yes(0.9), no(0.9), no(0.1)])).toBeCloseTo((2 * 0.4 + 0.1) / 3, 12);
  });
});

describe("ranking quality", () => {
  test("is 1 where every positive stands above every negative, 0 where below, a half where all are equal", () => {
    expect(rankingQuality([yes(0.9), no(0.1)])).toBe(1);
    expect(rankingQuality([yes(0.1), no(0.9)])).toBe(0);
    expect(rankingQuality([yes(0.5), no(0.5), no(0.5)])).toBe(0.5);
  });

  test("equals counting every pair", () => {
    fc.assert(
      fc.property(predictions, (all) => {
        const pairs = all
          .filter(({ label }) => label)
          .flatMap((one) => all.filter(({ label }) => !label).map((other) => [one, other] as const));
        const won = pairs.map(([one, other]) =>
          one.probability > other.probability ? 1 : one.probability === other.probability ? 0.5 : 0,
        );
        expect(rankingQuality(all)).toBeCloseTo(
          won.reduce<number>((sum, value) => sum + value, 0) / pairs.length,
          9,
        );
      }),
    );
  });
});

describe("the threshold", () => {
  test("is the highest that keeps the share asked for", () => {
    const all = [yes(0.9), yes(0.8), yes(0.7), yes(0.1), no(0.5), no(0.05)];
    expect(highestThreshold(all, 0.75)).toBe(0.7);
    expect(highestThreshold(all, 1)).toBe(0.1);
  });

  test("keeps at least that share, and a higher one would not", () => {
    fc.assert(
      fc.property(predictions, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const threshold = highestThreshold(all, share);
        const positives = all.filter(({ label }) => label).map(({ probability }) => probability);
        const kept = (least: number) => positives.filter((probability) => probability >= least).length;
        expect(kept(threshold)).toBeGreaterThanOrEqual(share * positives.length - 1e-9);
        const higher = positives.filter((probability) => probability > threshold);
        if (higher.length > 0) expect(kept(Math.min(...higher))).toBeLessThan(share * positives.length);
      }),
    );
  });
});
