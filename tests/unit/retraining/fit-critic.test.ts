import { describe, expect, test } from "vitest";
import { FEATURES } from "../../../src/domain/critic.ts";
import { type CriticSample, fitCritic } from "../../../src/retraining/fit-critic.ts";
import { probability } from "../../../src/retrieval/critic.ts";
import { draws } from "./draws.ts";

/** Twelve candidates a question, the first of which is relevant more often; `image` and `text` tell, on scales of their own. */
function samples(questions: number, seed = 1): CriticSample[] {
  const { normal, uniform } = draws(seed);
  return Array.from({ length: questions }).flatMap((_, question) =>
    Array.from({ length: 12 }, (__, place) => {
      const relevant = place === 0 && uniform() < 0.85;
      const features = FEATURES.map((feature) => {
        if (feature === "image") return 0.5 + 0.1 * normal() + (relevant ? 0.3 : 0);
        if (feature === "text") return 20 + 5 * normal() + (relevant ? 15 : 0);
        return feature === "hasImage" ? 1 : normal();
      });
      return { question, features, relevant };
    }),
  );
}

describe("a fitted critic", () => {
  const data = samples(300);
  const { critic, report } = fitCritic(data);

  test("weighs what tells, and hardly anything else", () => {
    const weights = Object.fromEntries(FEATURES.map((feature, index) => [feature, critic.weights[index]!]));
    expect(weights.image).toBeGreaterThan(1);
    expect(weights.text).toBeGreaterThan(1);
    expect(weights.hasImage).toBe(0);
    for (const feature of ["margin", "lexical", "recovered"] as const)
      expect(Math.abs(weights[feature]!)).toBeLessThan(0.5);
  });

  test("gives the retrieval stage probabilities that agree with the truth", () => {
    const predictions = data.map(({ features }) => probability(features, critic));
    const mean = predictions.reduce((sum, value) => sum + value, 0) / predictions.length;
    expect(mean).toBeCloseTo(report.relevant / report.samples, 3);
    expect(report.brier).toBeLessThan(0.02);
    expect(report.calibrationError).toBeLessThan(0.02);
    expect(report.ranking).toBeGreaterThan(0.99);
  });

  test("keeps 99 % of what is relevant and drops most of what is not", () => {
    expect(report.keptRelevant).toBeGreaterThanOrEqual(0.99);
    expect(report.droppedIrrelevant).toBeGreaterThan(0.85);
    expect(report).toMatchObject({ samples: 3600, questions: 300 });
  });

  test("is named by its data: the same gives the same, other data another", () => {
    expect(fitCritic(samples(300))).toEqual({ critic, report });
    expect(fitCritic(samples(300, 2)).critic.version).not.toBe(critic.version);
    expect(critic.version).toMatch(/^critic@[0-9a-f]{12}$/);
  });

  test("on half the threshold's demands drops more", () => {
    const lenient = fitCritic(data, { keep: 0.5 });
    expect(lenient.critic.threshold).toBeGreaterThan(critic.threshold);
    expect(lenient.report.droppedIrrelevant).toBeGreaterThanOrEqual(report.droppedIrrelevant);
  });
});

test("figures come from questions that the critic did not see", () => {
  // Labels without rhyme or reason: judged on its own training data, a critic would look better than chance.
  const { uniform } = draws(3);
  const random = samples(20).map((sample) => ({
    ...sample,
    features: FEATURES.map(() => uniform()),
    relevant: uniform() < 0.3,
  }));
  expect(fitCritic(random, { penalty: 1e-6 }).report.ranking).toBeLessThan(0.6);
});

test("candidates of one kind only teach nothing", () => {
  const one = samples(10);
  expect(() => fitCritic(one.filter(({ relevant }) => relevant))).toThrow(RangeError);
  expect(() => fitCritic(one.filter(({ relevant }) => !relevant))).toThrow(RangeError);
  expect(() => fitCritic([])).toThrow(RangeError);
});
