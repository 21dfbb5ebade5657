import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLogistic, predict } from "../../../src/retraining/logistic.ts";
import { draws } from "./draws.ts";

test("a balanced feature on half of the samples gives the log odds of each half", () => {
  // With x = ±1, 3 of 4 positive at +1 and 1 of 4 at −1, the weight is log 3 and the bias 0.
  const rows = [[1], [1], [1], [1], [-1], [-1], [-1], [-1]];
  const labels = [true, true, true, false, true, false, false, false];
  const model = fitLogistic(rows, labels, { penalty: 1e-9 });
  expect(model.weights[0]).toBeCloseTo(Math.log(3), 6);
  expect(model.bias).toBeCloseTo(0, 6);
  expect(predict(model, [1])).toBeCloseTo(0.75, 6);
});

test("known weights are found again from labels drawn by them", () => {
  const weight = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(weight, weight, weight),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer(),
      (weights, bias, seed) => {
        const { normal, uniform } = draws(seed);
        const known = { weights, bias };
        const rows = Array.from({ length: 6000 }, () => weights.map(normal));
        const labels = rows.map((row) => uniform() < predict(known, row));
        const model = fitLogistic(rows, labels, { penalty: 1 });
        // Standard errors are near 0.05 here.
        for (const [index, value] of weights.entries())
          expect(Math.abs(model.weights[index]! - value)).toBeLessThan(0.3);
        expect(Math.abs(model.bias - bias)).toBeLessThan(0.3);
      },
    ),
    { numRuns: 8 },
  );
});

test("a penalty keeps weights finite where a feature separates the classes, and a larger one keeps them smaller", () => {
  const rows = [[-2], [-1], [1], [2]];
  const labels = [false, false, true, true];
  const [small, large] = [0.01, 1].map((penalty) => fitLogistic(rows, labels, { penalty }));
  expect(small!.weights[0]).toBeGreaterThan(large!.weights[0]!);
  expect(Number.isFinite(small!.weights[0])).toBe(true);
  expect(large!.weights[0]).toBeGreaterThan(0);
});

test("the gradient of the penalised loss is zero at the solution", () => {
  const value = fc.double({ min: -3, max: 3, noNaN: true });
  const sample = fc.tuple(fc.tuple(value, value), fc.boolean());
  fc.assert(
    fc.property(fc.array(sample, { minLength: 4, maxLength: 30 }), (samples) => {
      fc.pre(new Set(samples.map(([, label]) => label)).size === 2);
      const rows = samples.map(([row]) => row);
      const model = fitLogistic(
        rows,
        samples.map(([, label]) => label),
        { penalty: 0.5 },
      );
      const errors = samples.map(([row, label]) => predict(model, row) - (label ? 1 : 0));
      expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 5);
      for (const feature of [0, 1]) {
        const gradient = errors.reduce(
          (sum, error, index) => sum + error * rows[index]![feature]!,
          0.5 * model.weights[feature]!,
        );
        expect(gradient).toBeCloseTo(0, 5);
      }
    }),
  );
});
