import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CriticWeights, FEATURES } from "../../../src/domain/critic.ts";
import { criticFeatures, judge, probability } from "../../../src/retrieval/critic.ts";
import { candidate } from "../../support/hand-made.ts";

const first = candidate("chad", {
  image: 0.9,
  margin: 0.2,
  imageRank: 1,
  text: 0.6,
  lexical: Math.E - 1,
  fused: 0.04,
  patch: 0.8,
});
const second = candidate("romania", {
  image: 0.7,
  margin: -0.2,
  imageRank: 2,
  text: 0.5,
  lexical: null,
  fused: 0.02,
  patch: 0.5,
});
const recovered = candidate("peru", { text: null, lexical: 0, fused: 0.01 }, { recovered: true });

function critic(
  weights: Partial<Record<(typeof FEATURES)[number], number>>,
  more: Partial<CriticWeights> = {},
): CriticWeights {
  return {
    version: "by hand",
    weights: FEATURES.map((feature) => weights[feature] ?? 0),
    means: FEATURES.map(() => 0),
    deviations: FEATURES.map(() => 1),
    bias: 0,
    threshold: 0.5,
    ...more,
  };
}

const named = (features: readonly number[]) =>
  Object.fromEntries(FEATURES.map((feature, index) => [feature, features[index]]));

describe("features", () => {
  const rows = criticFeatures([first, second, recovered]).map(named);

  test("of the best candidate", () => {
    expect(rows[0]).toEqual({
      image: 0.9,
      margin: 0.2,
      reciprocalRank: 1,
      patch: 0.8,
      patchMargin: 0,
      text: 0.6,
      textMargin: 0,
      lexical: 1,
      agreement: 1,
      recovered: 0,
      hasImage: 1,
    });
  });

  test("of one behind it are relative to the best of the same question", () => {
    expect(rows[1]).toMatchObject({ reciprocalRank: 0.5, agreement: 0, hasImage: 1, lexical: 0 });
    expect(rows[1]!.patchMargin).toBeCloseTo(-0.3, 9);
    expect(rows[1]!.textMargin).toBeCloseTo(-0.1, 9);
  });

  test("that a stage did not see are 0, and say so", () => {
    expect(rows[2]).toEqual({
      image: 0,
      margin: 0,
      reciprocalRank: 0,
      patch: 0,
      patchMargin: 0,
      text: 0,
      textMargin: 0,
      lexical: 0,
      agreement: 0,
      recovered: 1,
      hasImage: 0,
    });
  });

  test("agreement of a first look-alike falls with its share of the best words", () => {
    const [row] = criticFeatures([{ ...first, scores: { ...first.scores, fused: 0.01 } }, second]).map(named);
    expect(row!.agreement).toBeCloseTo(0.5, 9);
  });

  test("are finite for any scores, each candidate in its place", () => {
    const score = fc.option(fc.float({ min: -1, max: 1, noNaN: true }));
    const scores = fc.record({
      image: score,
      margin: score,
      imageRank: fc.option(fc.integer({ min: 1, max: 50 })),
      text: score,
      lexical: fc.option(fc.float({ min: 0, max: 10, noNaN: true })),
      fused: fc.float({ min: 0, max: Math.fround(0.05), noNaN: true }),
      patch: score,
    });
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 8 }), (all) => {
        const features = criticFeatures(all.map((each, index) => candidate(`entity${index}`, each)));
        expect(features).toHaveLength(all.length);
        for (const [index, row] of features.entries()) {
          expect(row).toHaveLength(FEATURES.length);
          expect(row.every(Number.isFinite)).toBe(true);
          expect(row[0]).toBe(all[index]!.image ?? 0);
        }
      }),
    );
  });
});

describe("probability", () => {
  test("is the logistic function of the standardised, weighted sum", () => {
    const weights = critic(
      { image: 2 },
      { means: FEATURES.map(() => 0.5), deviations: FEATURES.map(() => 0.25), bias: -1 },
    );
    // −1 + 2 · (0.75 − 0.5) / 0.25 = 1
    const features = FEATURES.map((feature) => (feature === "image" ? 0.75 : 0.5));
    expect(probability(features, weights)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });

  test("stays within 0 and 1 however far out the sum is", () => {
    const features = FEATURES.map(() => 1);
    expect(probability(features, critic({ image: 1e6 }))).toBe(1);
    expect(probability(features, critic({ image: -1e6 }))).toBe(0);
  });
});

describe("judging", () => {
  test("puts the most relevant first and loses nobody", () => {
    const verdicts = judge([second, recovered, first], critic({ image: 4 }));
    expect(verdicts.map(({ entity }) => entity.id)).toEqual(["chad", "romania", "peru"]);
    expect(verdicts[0]!.relevance).toBeCloseTo(1 / (1 + Math.exp(-3.6)), 9);
    expect(verdicts[2]!.relevance).toBe(0.5);
  });

  test("of nothing is nothing", () => {
    expect(judge([], critic({}))).toEqual([]);
  });
});
