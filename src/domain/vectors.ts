/** Dot product of two vectors; for L2-normalised ones, their cosine similarity. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

/** Row `index` of a row-major matrix, without copying. */
export function row(matrix: Float32Array, index: number, size: number): Float32Array {
  return matrix.subarray(index * size, (index + 1) * size);
}
