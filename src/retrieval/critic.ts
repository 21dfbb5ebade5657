/**
 * The relevance critic: how likely entity and passage both fit the question. Unfiltered retrieval can be worse than none
 * (ReAG, 2025), so this decides what reaches the prompt. A logistic regression: trains in seconds, explains itself.
 */
import type { CriticWeights } from "../domain/critic.ts";
import type { Candidate, JudgedCandidate } from "../domain/evidence.ts";

/** Feature values of every candidate of one question, in the order of FEATURES; missing scores count as 0. */
export function criticFeatures(candidates: readonly Candidate[]): number[][] {
  const bestPatch = best(candidates, (candidate) => candidate.scores.patch);
  const bestText = best(candidates, (candidate) => candidate.scores.text);
  const bestFused = candidates.reduce(
    (highest, candidate) => Math.max(highest, candidate.scores.fused),
    1e-9,
  );
  return candidates.map((candidate) => {
    const { image, margin, imageRank, patch, text, lexical } = candidate.scores;
    return [
      image ?? 0,
      margin ?? 0,
      imageRank === null ? 0 : 1 / imageRank,
      patch ?? 0,
      patch === null ? 0 : patch - bestPatch,
      text ?? 0,
      text === null ? 0 : text - bestText,
      Math.log1p(lexical ?? 0),
      // Agreement of the two stages: best by image and best by words.
      (imageRank === 1 ? 1 : 0) * (candidate.scores.fused / bestFused),
      candidate.recovered ? 1 : 0,
      image === null ? 0 : 1,
    ];
  });
}

/** Judges every candidate; most relevant first. */
export function judge(candidates: readonly Candidate[], critic: CriticWeights): JudgedCandidate[] {
  const features = criticFeatures(candidates);
  return candidates
    .map((candidate, index) => ({ ...candidate, relevance: probability(features[index]!, critic) }))
    .sort((left, right) => right.relevance - left.relevance);
}

/** σ(bias + Σ wᵢ (xᵢ − μᵢ) / σᵢ), 0…1. */
export function probability(features: readonly number[], critic: CriticWeights): number {
  const sum = features.reduce((total, value, index) => {
    return total + (critic.weights[index]! * (value - critic.means[index]!)) / critic.deviations[index]!;
  }, critic.bias);
  return 1 / (1 + Math.exp(-sum));
}

function best(candidates: readonly Candidate[], score: (candidate: Candidate) => number | null): number {
  return candidates.reduce((highest, candidate) => Math.max(highest, score(candidate) ?? -1), -1);
}
