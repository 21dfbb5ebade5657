import fc from "fast-check";
import { expect, it } from "vitest";
import { keptCells } from "../../../../src/adapters/onnx/kept-cells.ts";

const map = (rows: number, columns: number, kept: number[]) => ({ rows, columns, kept, scores: [] });

it("keeps the same cells of the same grid", () => {
  expect(keptCells(map(3, 4, [0, 5, 11]), { rows: 3, columns: 4 })).toEqual([0, 5, 11]);
});

it("keeps all cells of a finer grid that lie in a kept patch", () => {
  expect(keptCells(map(2, 2, [3]), { rows: 4, columns: 4 })).toEqual([10, 11, 14, 15]);
});

it("keeps the cell of a coarser grid in which a kept patch lies", () => {
  expect(keptCells(map(4, 4, [1, 14]), { rows: 2, columns: 2 })).toEqual([0, 3]);
});

it("keeps everything where the encoder makes no patches", () => {
  expect(keptCells(map(0, 0, []), { rows: 2, columns: 2 })).toEqual([0, 1, 2, 3]);
});

it("keeps everything of everything, something of something and nothing of nothing", () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (rows, columns, otherRows, otherColumns, patch) => {
      const grid = { rows: otherRows, columns: otherColumns };
      const all = Array.from({ length: rows * columns }, (_, index) => index);
      expect(keptCells(map(rows, columns, all), grid)).toHaveLength(otherRows * otherColumns);
      expect(keptCells(map(rows, columns, [patch % all.length]), grid)).not.toEqual([]);
      expect(keptCells(map(rows, columns, []), grid)).toEqual([]);
    }),
  );
});
