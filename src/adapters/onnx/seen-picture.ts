/** What an answering model's own tower saw of a picture, and which of it goes into the prompt. */
import type { PatchGrid, PromptPicture, VisualTokens } from "../../domain/image.ts";
import { keptCells } from "./kept-cells.ts";
import type { Tiling } from "./picture-tiles.ts";

export interface SeenPicture {
  /** Tokens of all tiles in order, `featureSize` numbers each. */
  readonly features: Float32Array;
  readonly featureSize: number;
  readonly tokensPerTile: number;
  /** Null for models that see a picture as one square. */
  readonly tiling: Tiling | null;
}

/** The tokens of one picture, and for models that see tiles, how many of them each tile has kept. */
export interface SeenTokens extends VisualTokens {
  readonly tiling?: Tiling | null;
  /** One number for each tile, and one for the whole picture. */
  readonly keptByTile?: readonly number[];
}

/** `grid` is that of one tile; tokens beyond it close the tile and stay. */
export function chosenTokens(seen: SeenPicture, { map }: PromptPicture, grid: PatchGrid): SeenTokens {
  const { features, featureSize, tokensPerTile, tiling } = seen;
  const cells = grid.rows * grid.columns;
  const closing = Array.from({ length: tokensPerTile - cells }, (_, token) => cells + token);
  const byTile = [...cellsOfTiles(map, grid, tiling), keptCells(map, grid)].map((tile) => [
    ...tile,
    ...closing,
  ]);
  const patches = byTile.flatMap((tokens, tile) => tokens.map((token) => tile * tokensPerTile + token));
  const kept = new Float32Array(patches.length * featureSize);
  patches.forEach((patch, position) => {
    kept.set(features.subarray(patch * featureSize, (patch + 1) * featureSize), position * featureSize);
  });
  return {
    patches,
    features: kept,
    featureSize,
    total: features.length / featureSize,
    tiling,
    keptByTile: byTile.map((tokens) => tokens.length),
  };
}

/** What a map over the whole picture keeps of each tile. */
function cellsOfTiles(map: PromptPicture["map"], grid: PatchGrid, tiling: Tiling | null): number[][] {
  const { rows, columns } = tiling ?? { rows: 0, columns: 0 };
  const tiles = Array.from({ length: rows * columns }, (): number[] => []);
  const width = columns * grid.columns;
  for (const cell of rows > 0 ? keptCells(map, { rows: rows * grid.rows, columns: width }) : []) {
    const [row, column] = [Math.floor(cell / width), cell % width];
    const tile = Math.floor(row / grid.rows) * columns + Math.floor(column / grid.columns);
    tiles[tile]!.push((row % grid.rows) * grid.columns + (column % grid.columns));
  }
  return tiles;
}
