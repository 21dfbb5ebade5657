/** How far probabilities can be believed, and where to draw the line. */

export interface Prediction {
  /** 0…1. */
  readonly probability: number;
  readonly label: boolean;
}

/** Mean squared difference of probability and truth, 0 (perfect) … 1 (Brier 1950). */
export function brierScore(predictions: readonly Prediction[]): number {
  return mean(predictions.map(({ probability, label }) => (probability - (label ? 1 : 0)) ** 2));
}

/** Expected calibration error over equally wide bins: mean |share of positives − mean probability|, weighted by size, 0…1 (Naeini et al. 2015). */
export function expectedCalibrationError(predictions: readonly Prediction[], bins = 10): number {
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const inside = predictions.filter(
      ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === bin,
    );
    const confidence = mean(inside.map(({ probability }) => probability));
    const share = mean(inside.map(({ label }) => (label ? 1 : 0)));
    error += (inside.length / predictions.length) * Math.abs(share - confidence);
  }
  return error;
}

/** Chance that a random positive gets a higher probability than a random negative, ties counting half, 0…1 (ROC AUC). */
export function rankingQuality(predictions: readonly Prediction[]): number {
  const sorted = [...predictions].sort((left, right) => left.probability - right.probability);
  const positives = predictions.filter(({ label }) => label).length;
  let below = 0;
  let wins = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]!.probability === sorted[start]!.probability) end++;
    const tied = sorted.slice(start, end);
    const tiedPositives = tied.filter(({ label }) => label).length;
    const tiedNegatives = tied.length - tiedPositives;
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    start = end;
  }
  return wins / (positives * (predictions.length - positives));
}

/** The highest threshold that at least `share` of the positives reach: it drops as many negatives as that allows. */
export function highestThreshold(predictions: readonly Prediction[], share: number): number {
  const positives = predictions
    .filter(({ label }) => label)
    .map(({ probability }) => probability)
    .sort((left, right) => right - left);
  return positives[Math.ceil(share * positives.length) - 1] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
