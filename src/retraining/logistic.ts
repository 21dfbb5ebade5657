/** Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares; Bishop 2006, 4.3.3). */
import { solvePositiveDefinite } from "./linear-system.ts";

export interface LogisticModel {
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface LogisticOptions {
  /** λ of λ/2 · Σ w², added to the summed log loss; the bias is not penalised. Greater than 0, so that a solution exists. */
  readonly penalty: number;
  readonly mostSteps?: number;
}

/** A step this small changes no probability that anyone would notice. */
const SMALL_STEP = 1e-9;

/**
 * Fits P(label) = σ(bias + w · x). The objective is convex, so the result does not depend on where it starts; steps that
 * would raise it are halved.
 * @param rows features, one row a sample, all equally long and of about unit scale
 * @param labels true for the positive class, one a row
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  { penalty, mostSteps = 50 }: LogisticOptions,
): LogisticModel {
  const size = rows[0]!.length;
  let model: LogisticModel = { weights: new Array<number>(size).fill(0), bias: 0 };
  let loss = objective(rows, labels, model, penalty);
  for (let step = 0; step < mostSteps; step++) {
    const direction = newtonDirection(rows, labels, model, penalty);
    let scale = 1;
    let next = moved(model, direction, scale);
    let nextLoss = objective(rows, labels, next, penalty);
    while (nextLoss > loss && scale > SMALL_STEP) {
      scale /= 2;
      next = moved(model, direction, scale);
      nextLoss = objective(rows, labels, next, penalty);
    }
    const change = scale * Math.max(...direction.map(Math.abs));
    if (nextLoss <= loss) [model, loss] = [next, nextLoss];
    if (change < SMALL_STEP || scale <= SMALL_STEP) break;
  }
  return model;
}

/** σ(bias + w · x), 0…1. */
export function predict(model: LogisticModel, row: readonly number[]): number {
  return sigmoid(score(model, row));
}

function score(model: LogisticModel, row: readonly number[]): number {
  return row.reduce((sum, value, index) => sum + value * model.weights[index]!, model.bias);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function objective(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  model: LogisticModel,
  penalty: number,
): number {
  // log(1 + e^z) in a form that does not overflow.
  const loss = rows.reduce((sum, row, index) => {
    const z = labels[index]! ? -score(model, row) : score(model, row);
    return sum + Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }, 0);
  return loss + (penalty / 2) * model.weights.reduce((sum, weight) => sum + weight * weight, 0);
}

/** −H⁻¹ ∇ at a model, weights first, bias last. */
function newtonDirection(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  model: LogisticModel,
  penalty: number,
): number[] {
  const size = model.weights.length + 1;
  const gradient = [...model.weights.map((weight) => -penalty * weight), 0];
  const hessian = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (row === column && row < size - 1 ? penalty : 0)),
  );
  rows.forEach((features, index) => {
    const probability = predict(model, features);
    const error = (labels[index]! ? 1 : 0) - probability;
    const curvature = Math.max(probability * (1 - probability), 1e-12);
    const extended = [...features, 1];
    for (let row = 0; row < size; row++) {
      gradient[row]! += error * extended[row]!;
      for (let column = 0; column <= row; column++) {
        hessian[row]![column]! += curvature * extended[row]! * extended[column]!;
      }
    }
  });
  return solvePositiveDefinite(hessian, gradient);
}

function moved(model: LogisticModel, direction: readonly number[], scale: number): LogisticModel {
  return {
    weights: model.weights.map((weight, index) => weight + scale * direction[index]!),
    bias: model.bias + scale * direction.at(-1)!,
  };
}
