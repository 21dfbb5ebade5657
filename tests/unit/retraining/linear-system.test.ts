import fc from "fast-check";
import { expect, test } from "vitest";
import { solvePositiveDefinite } from "../../../src/retraining/linear-system.ts";

test("a small system has the solution found on paper", () => {
  // 4x + 2y = 10 and 2x + 3y = 9
  const [x, y] = solvePositiveDefinite(
    [
      [4, 2],
      [2, 3],
    ],
    [10, 9],
  );
  expect(x).toBeCloseTo(1.5, 12);
  expect(y).toBeCloseTo(2, 12);
});

test("what is solved is what was multiplied", () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const system = fc.integer({ min: 1, max: 6 }).chain((size) =>
    fc.tuple(
      fc.array(fc.array(number, { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size,
      }),
      fc.array(number, { minLength: size, maxLength: size }),
    ),
  );
  fc.assert(
    fc.property(system, ([root, solution]) => {
      // R Rᵀ + I is positive definite for every R.
      const matrix = root.map((row, i) =>
        root.map((column, j) => row.reduce((sum, value, k) => sum + value * column[k]!, i === j ? 1 : 0)),
      );
      const right = matrix.map((row) => row.reduce((sum, value, index) => sum + value * solution[index]!, 0));
      const found = solvePositiveDefinite(matrix, right);
      for (const [index, value] of found.entries()) expect(value).toBeCloseTo(solution[index]!, 6);
    }),
  );
});

test("a matrix that is not positive definite is refused", () => {
  expect(() =>
    solvePositiveDefinite(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toThrow(RangeError);
});
