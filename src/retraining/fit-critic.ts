/** Fits the relevance critic to labelled candidates. Pure; knows neither files nor how candidates were found. */
import { createHash } from "node:crypto";
import { type CriticWeights, FEATURES } from "../domain/critic.ts";
import {
  brierScore,
  expectedCalibrationError,
  highestThreshold,
  type Prediction,
  rankingQuality,
} from "./calibration.ts";
import { fitLogistic, type LogisticModel, predict } from "./logistic.ts";

export interface CriticSample {
  /** Which question it was a candidate of; candidates of one question stay in one fold. */
  readonly question: number;
  /** In the order of FEATURES. */
  readonly features: readonly number[];
  /** Whether entity and passage both fit. */
  readonly relevant: boolean;
}

export interface CriticFitOptions {
  /** λ of λ/2 · Σ w². */
  readonly penalty?: number;
  readonly folds?: number;
  /** Least share of relevant candidates that must reach the threshold, 0…1. */
  readonly keep?: number;
}

/** Figures on held-out folds. */
export interface CriticReport {
  readonly samples: number;
  readonly relevant: number;
  readonly questions: number;
  readonly brier: number;
  readonly calibrationError: number;
  /** ROC AUC. */
  readonly ranking: number;
  /** Share of relevant candidates that reach the threshold. */
  readonly keptRelevant: number;
  /** Share of irrelevant candidates that do not. */
  readonly droppedIrrelevant: number;
}

export interface CriticFit {
  readonly critic: CriticWeights;
  readonly report: CriticReport;
}

/**
 * Fits weights on all samples; threshold and figures come from predictions on held-out folds. The same samples give the same
 * critic, and its version names them. Throws RangeError when there are no relevant or no irrelevant samples.
 */
export function fitCritic(samples: readonly CriticSample[], options: CriticFitOptions = {}): CriticFit {
  const { penalty = 1, folds = 5, keep = 0.99 } = options;
  const relevant = samples.filter((sample) => sample.relevant).length;
  if (relevant === 0 || relevant === samples.length) {
    throw new RangeError("the critic needs relevant and irrelevant candidates to learn from");
  }
  const fitted = fitStandardised(samples, penalty);
  const heldOut = crossValidate(samples, penalty, folds);
  const threshold = highestThreshold(heldOut, keep);
  const reaching = heldOut.filter(({ probability }) => probability >= threshold);
  const keptRelevant = reaching.filter(({ label }) => label).length;
  return {
    critic: {
      version: versionOf(samples, penalty, keep),
      weights: fitted.model.weights,
      means: fitted.means,
      deviations: fitted.deviations,
      bias: fitted.model.bias,
      threshold,
    },
    report: {
      samples: samples.length,
      relevant,
      questions: new Set(samples.map((sample) => sample.question)).size,
      brier: brierScore(heldOut),
      calibrationError: expectedCalibrationError(heldOut),
      ranking: rankingQuality(heldOut),
      keptRelevant: keptRelevant / relevant,
      droppedIrrelevant: 1 - (reaching.length - keptRelevant) / (samples.length - relevant),
    },
  };
}

interface StandardisedFit {
  readonly model: LogisticModel;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

function fitStandardised(samples: readonly CriticSample[], penalty: number): StandardisedFit {
  const columns = FEATURES.map((_, column) => samples.map((sample) => sample.features[column]!));
  const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const deviations = columns.map((values, column) => {
    const variance = values.reduce((sum, value) => sum + (value - means[column]!) ** 2, 0) / values.length;
    // A feature that never changes says nothing; dividing by 1 lets the penalty keep its weight at 0.
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  const rows = samples.map((sample) => standardised(sample.features, means, deviations));
  const labels = samples.map((sample) => sample.relevant);
  return { model: fitLogistic(rows, labels, { penalty }), means, deviations };
}

function standardised(
  features: readonly number[],
  means: readonly number[],
  deviations: readonly number[],
): number[] {
  return features.map((value, index) => (value - means[index]!) / deviations[index]!);
}

/** Each sample's probability by a critic that saw no candidate of its question. */
function crossValidate(samples: readonly CriticSample[], penalty: number, folds: number): Prediction[] {
  const questions = [...new Set(samples.map((sample) => sample.question))];
  const foldOf = new Map(questions.map((question, position) => [question, position % folds]));
  return Array.from({ length: folds }).flatMap((_, fold) => {
    const inside = samples.filter((sample) => foldOf.get(sample.question) === fold);
    const outside = samples.filter((sample) => foldOf.get(sample.question) !== fold);
    if (inside.length === 0 || outside.length === 0) return [];
    const { model, means, deviations } = fitStandardised(outside, penalty);
    return inside.map(({ features, relevant }) => ({
      probability: predict(model, standardised(features, means, deviations)),
      label: relevant,
    }));
  });
}

function versionOf(samples: readonly CriticSample[], penalty: number, keep: number): string {
  const content = JSON.stringify([
    FEATURES,
    penalty,
    keep,
    samples.map((sample) => [sample.features, sample.relevant]),
  ]);
  return `critic@${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
}
