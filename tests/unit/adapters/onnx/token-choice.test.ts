import { describe, expect, it } from "vitest";
import {
  createSampler,
  distribution,
  likeliest,
  penalised,
  withRepetitionPenalty,
} from "../../../../src/adapters/onnx/token-choice.ts";
import { ARCHITECTURES, goldenOf } from "./vlm.ts";

describe("what may be drawn", () => {
  const cases = ARCHITECTURES.flatMap((architecture) => {
    const { generations, sampling } = goldenOf(architecture);
    return sampling.map((cut) => ({
      architecture,
      logits: Float32Array.from(generations[0]!.logits),
      ...cut,
    }));
  });

  it.each(cases)(
    "is what Hugging Face leaves: $architecture, temperature $temperature, top_k $top_k, top_p $top_p",
    ({ logits, probabilities, ...cut }) => {
      const kept = distribution(logits, cut);
      expect(Object.fromEntries(kept.map(({ id, probability }) => [id, probability]))).toEqual(
        Object.fromEntries(
          Object.entries(probabilities).map(([id, value]) => [id, expect.closeTo(value, 4)]),
        ),
      );
    },
  );

  it("is the likeliest alone when nothing else is wanted, however it is said", () => {
    const logits = Float32Array.of(1, 3, 2);
    for (const cut of [{ top_k: 1 }, { top_p: 0 }, { temperature: 1e-6 }]) {
      expect(distribution(logits, cut)[0]).toEqual({ id: 1, probability: 1 });
    }
  });
});

describe("a sampler", () => {
  const logits = Float32Array.of(0, 1, 2, 0.5);
  const draws = (seed: number, count: number) => {
    const choose = createSampler({ top_k: 3 }, seed);
    return Array.from({ length: count }, () => choose(logits, []).id);
  };

  it("draws the same from the same seed, and something else from another", () => {
    expect(draws(7, 50)).toEqual(draws(7, 50));
    expect(draws(7, 50)).not.toEqual(draws(8, 50));
  });

  it("draws as often as is probable, and never what was cut", () => {
    const drawn = draws(1, 20_000);
    for (const { id, probability } of distribution(logits, { top_k: 3 })) {
      expect(drawn.filter((other) => other === id).length / drawn.length).toBeCloseTo(probability, 1.5);
    }
    expect(drawn).not.toContain(0);
  });

  it("tells the probability that the model gave, before any cut", () => {
    const { id, logProbability } = createSampler({ top_k: 1, temperature: 0.1 }, 1)(logits, []);
    expect({ id, logProbability }).toEqual(likeliest(logits, []));
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    expect(logProbability).toBeCloseTo(2 - Math.log(total), 6);
  });
});

describe("a repetition penalty", () => {
  const logits = Float32Array.of(2.6, -1, 1.3, 0.5, -2);

  it("is Hugging Face's", () => {
    // transformers 5.23: RepetitionPenaltyLogitsProcessor(1.3)(torch.tensor([[0, 2, 2, 1]]), torch.tensor([logits]))
    const reference = [2, -1.3, 1, 0.5, -2];
    expect([...penalised(logits, [0, 2, 2, 1], 1.3)]).toEqual(
      reference.map((value) => expect.closeTo(value, 5)),
    );
  });

  it("chooses by penalised logits, and tells the probability that the model gave", () => {
    const choose = withRepetitionPenalty(likeliest, 8);
    const { id, logProbability } = choose(logits, [0, 2]);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    expect(id).toBe(3);
    expect(logProbability).toBeCloseTo(0.5 - Math.log(total), 5);
    expect(withRepetitionPenalty(likeliest, 1)).toBe(likeliest);
  });
});
