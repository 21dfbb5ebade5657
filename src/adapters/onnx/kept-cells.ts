import type { PatchGrid, RelevanceMap } from "../../domain/image.ts";

/**
 * The cells of another grid over the same picture that a relevance map keeps, ascending: those whose middle lies in a kept
 * patch, and those in which the middle of a kept patch lies. So a kept patch always leaves a trace, and a finer or coarser grid
 * keeps about the same share of the picture. A map of 0 × 0, of an encoder without patches, keeps everything.
 */
export function keptCells(map: RelevanceMap, grid: PatchGrid): number[] {
  const all = Array.from({ length: grid.rows * grid.columns }, (_, cell) => cell);
  if (map.rows * map.columns === 0) return all;
  const patches = new Set(map.kept);
  const cells = new Set(map.kept.map((patch) => cellAt(patch, map, grid)));
  return all.filter((cell) => cells.has(cell) || patches.has(cellAt(cell, grid, map)));
}

/** The cell of the grid `to` in which the middle of a cell of the grid `from` lies. */
function cellAt(cell: number, from: PatchGrid, to: PatchGrid): number {
  const row = Math.floor(cell / from.columns);
  const column = cell % from.columns;
  const along = (index: number, count: number, others: number) =>
    Math.floor(((index + 0.5) / count) * others);
  return along(row, from.rows, to.rows) * to.columns + along(column, from.columns, to.columns);
}
