import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passageVector, questionVector } from "../../../../src/adapters/qdrant/lexical.ts";

/** Dot product: what Qdrant scores, less the weights of rare words. */
function score(question: string, passage: string): number {
  const { indices, values } = passageVector(passage)!;
  const weights = new Map(indices.map((term, index) => [term, values[index]!]));
  return questionVector(question)!.indices.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
}

describe("words as sparse vectors", () => {
  it("weigh as BM25 says: f (k1 + 1) / (f + k1 (1 − b + b · length / average))", () => {
    const length = 3;
    const damping = 1.2 * (1 - 0.75 + (0.75 * length) / 64);
    const { values } = passageVector("franc franc dinar")!;
    const expected = [(2 * 2.2) / (2 + damping), 2.2 / (1 + damping)];
    expect([...values].sort((left, right) => right - left)).toEqual(
      expected.map((value) => expect.closeTo(value, 12)),
    );
  });

  it("are hashed by FNV-1a, so that vectors stored once can always be compared", () => {
    // Reference value of FNV-1a 32 for "foobar".
    expect(questionVector("foobar")!.indices).toEqual([0xbf9cf968]);
  });

  it("match whatever the form, the case and the accents", () => {
    expect(score("paying", "People pay with the franc.")).toBeGreaterThan(0);
    expect(score("COTE D’IVOIRE", "Côte d'Ivoire")).toBeGreaterThan(0);
    expect(score("Какая валюта?", "валюта")).toBeGreaterThan(0);
    expect(score("dinar", "People pay with the franc.")).toBe(0);
  });

  it("count for less in a longer passage, and for less the more often they were said", () => {
    const once = score("franc", "franc");
    expect(score("franc", `franc ${"other words ".repeat(50)}`)).toBeLessThan(once);
    expect(score("franc", "franc franc")).toBeLessThan(2 * once);
  });

  it.each(["", "?!", "the of and", "\u0000", "🇹🇩"])("are none in %j", (text) => {
    expect(passageVector(text)).toBeNull();
    expect(questionVector(text)).toBeNull();
  });

  it("are what Qdrant takes: unique numbers of 32 bits, as many finite weights above zero", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const vector = passageVector(text);
        if (vector === null) return;
        const { indices, values } = vector;
        expect(new Set(indices).size).toBe(indices.length);
        expect(values).toHaveLength(indices.length);
        for (const index of indices) expect(index === index >>> 0).toBe(true);
        for (const value of values) expect(value > 0 && value < 2.2).toBe(true);
      }),
    );
  });
});
