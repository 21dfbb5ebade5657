/** From judged candidates to the evidence that goes into the prompt. */
import type { Evidence, JudgedCandidate } from "../domain/evidence.ts";

export interface Choice {
  /** Least relevance, 0…1. */
  readonly threshold: number;
  /** Most items in the prompt. */
  readonly most: number;
  /** Most passages of the best entity; the others get one. More items of one entity crowd out the alternatives. */
  readonly ofBest: number;
}

/** The most relevant candidates above the threshold, best first, labelled from 1. Empty: nothing is good enough. */
export function chooseEvidence(judged: readonly JudgedCandidate[], choice: Choice): Evidence[] {
  const best = judged[0]?.entity.id;
  const counts = new Map<string, number>();
  const chosen = judged.filter((candidate) => {
    if (candidate.relevance < choice.threshold) return false;
    const seen = counts.get(candidate.entity.id) ?? 0;
    counts.set(candidate.entity.id, seen + 1);
    return seen < (candidate.entity.id === best ? choice.ofBest : 1);
  });
  return chosen.slice(0, choice.most).map((candidate, index) => ({ ...candidate, label: index + 1 }));
}
