/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's decomposition A = L Lᵀ (Golub & Van Loan, 4.2).
 * @param matrix square; only the lower triangle is read
 * @throws RangeError when A is not positive definite
 */
export function solvePositiveDefinite(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] {
  const size = right.length;
  const lower: number[][] = [];
  for (let row = 0; row < size; row++) {
    const current: number[] = [];
    lower.push(current);
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row]![column]!;
      for (let index = 0; index < column; index++) sum -= current[index]! * lower[column]![index]!;
      if (row !== column) current.push(sum / lower[column]![column]!);
      else if (sum > 0) current.push(Math.sqrt(sum));
      else throw new RangeError("the matrix is not positive definite");
    }
  }
  const forward: number[] = [];
  for (let row = 0; row < size; row++) {
    const known = forward.reduce((sum, value, index) => sum + lower[row]![index]! * value, 0);
    forward.push((right[row]! - known) / lower[row]![row]!);
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = forward[row]!;
    for (let index = row + 1; index < size; index++) sum -= lower[index]![row]! * solution[index]!;
    solution[row] = sum / lower[row]![row]!;
  }
  return solution;
}
