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

/** Mean of vectors of one dimension; zeros where there are none. */
export function meanOf(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const mean = new Float32Array(dimension);
  for (const vector of vectors) {
    for (let index = 0; index < dimension; index++) mean[index]! += vector[index]! / vectors.length;
  }
  return mean;
}

/** Euclidean length. */
export function norm(vector: Float32Array): number {
  return Math.sqrt(dot(vector, vector));
}

/** The vector at length one; zeros stay zeros. */
export function normalised(vector: Float32Array): Float32Array {
  const length = norm(vector) || 1;
  return vector.map((value) => value / length);
}
