/** Which token comes next, by the logits of one position. Knows no graph. */

export interface ChosenToken {
  readonly id: number;
  /** Natural log of its probability, as the model has it: before temperature and cuts. */
  readonly logProbability: number;
}

/** Takes the logits of the whole vocabulary, and the tokens before: those of the prompt, then those written. */
export type ChooseToken = (logits: Float32Array, earlier: readonly number[]) => ChosenToken;

/** What `generation_config.json` says of drawing tokens; named as there. */
export interface Sampling {
  /** Above 1 flattens, below 1 sharpens. */
  readonly temperature?: number;
  /** Only so many of the likeliest; 0 for all. */
  readonly top_k?: number;
  /** Only the likeliest that together have this probability. */
  readonly top_p?: number;
}

/**
 * Tokens that stand there already become less likely: Keskar et al. 2019, https://arxiv.org/abs/1909.05858, as Hugging Face
 * does it, which counts the prompt's. 1 changes nothing.
 */
export function withRepetitionPenalty(choose: ChooseToken, penalty: number): ChooseToken {
  if (penalty === 1) return choose;
  return (logits, earlier) => chosen(logits, choose(penalised(logits, earlier, penalty), earlier).id);
}

export function penalised(logits: Float32Array, earlier: readonly number[], penalty: number): Float32Array {
  const scores = logits.slice();
  for (const id of new Set(earlier)) scores[id] = scores[id]! * (scores[id]! < 0 ? penalty : 1 / penalty);
  return scores;
}

/** Hugging Face's own where a model says nothing. */
const DEFAULTS: Required<Sampling> = { temperature: 1, top_k: 50, top_p: 1 };

/** The likeliest; of equal ones the first. */
export const likeliest: ChooseToken = (logits) => chosen(logits, maximumOf(logits));

/** Draws tokens; the same seed draws the same from the same logits. */
export function createSampler(sampling: Sampling, seed: number): ChooseToken {
  const draw = randomNumbers(seed);
  return (logits) => {
    const candidates = distribution(logits, sampling);
    let left = draw();
    for (const { id, probability } of candidates) {
      left -= probability;
      if (left < 0) return chosen(logits, id);
    }
    return chosen(logits, candidates.at(-1)!.id);
  };
}

/** What may be drawn, likeliest first, in the order Hugging Face cuts: temperature, then `top_k`, then `top_p`. */
export function distribution(
  logits: Float32Array,
  sampling: Sampling,
): { id: number; probability: number }[] {
  const { temperature, top_k, top_p } = { ...DEFAULTS, ...sampling };
  const best = logits[maximumOf(logits)]!;
  const order = largest(logits, top_k > 0 ? top_k : logits.length);
  const weights = order.map((id) => Math.exp((logits[id]! - best) / temperature));
  const total = sum(weights);
  let before = 0;
  const kept = weights.filter((weight) => {
    const reached = before / total >= top_p;
    before += weight;
    return !reached;
  });
  // However small top_p is, the likeliest stays.
  const shown = kept.length === 0 ? weights.slice(0, 1) : kept;
  const remaining = sum(shown);
  return shown.map((weight, index) => ({ id: order[index]!, probability: weight / remaining }));
}

/** Indices of the `count` largest, largest first; of equal ones the earlier first. */
function largest(logits: Float32Array, count: number): number[] {
  const threshold = count < logits.length ? logits.toSorted()[logits.length - count]! : -Infinity;
  const ids: number[] = [];
  for (let id = 0; id < logits.length; id++) if (logits[id]! >= threshold) ids.push(id);
  return ids.sort((left, right) => logits[right]! - logits[left]! || left - right).slice(0, count);
}

function chosen(logits: Float32Array, id: number): ChosenToken {
  const best = logits[maximumOf(logits)]!;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - best);
  return { id, logProbability: logits[id]! - best - Math.log(total) };
}

function maximumOf(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
  return best;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Evenly spread in 0…1. Source: mulberry32 (Tommy Ettinger, public domain); small, and good enough to draw words. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
