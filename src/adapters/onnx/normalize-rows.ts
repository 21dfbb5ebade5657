import { dot, row } from "../../domain/vectors.ts";

/** Scales each row of a row-major matrix to length 1, in place; some exports leave that to the caller. */
export function normalizeRows(matrix: Float32Array, size: number): Float32Array {
  for (let index = 0; index < matrix.length / size; index++) {
    const vector = row(matrix, index, size);
    const length = Math.sqrt(dot(vector, vector)) || 1;
    for (let axis = 0; axis < size; axis++) vector[axis]! /= length;
  }
  return matrix;
}
