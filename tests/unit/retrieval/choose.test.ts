import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseEvidence } from "../../../src/retrieval/choose.ts";
import { judged } from "../../support/hand-made.ts";

const choice = { threshold: 0.2, most: 5, ofBest: 2 };
const inShort = (chosen: ReturnType<typeof chooseEvidence>) =>
  chosen.map(({ label, entity, relevance }) => [label, entity.id, relevance]);

test("evidence is what reaches the threshold, best first, labelled from 1", () => {
  const chosen = chooseEvidence(
    [judged("chad", 0.9), judged("romania", 0.2), judged("andorra", 0.19)],
    choice,
  );
  expect(inShort(chosen)).toEqual([
    [1, "chad", 0.9],
    [2, "romania", 0.2],
  ]);
});

test("the best entity may bring two passages, every other one", () => {
  const candidates = [
    judged("chad", 0.9),
    judged("romania", 0.8),
    judged("chad", 0.7),
    judged("romania", 0.6),
    judged("chad", 0.5),
  ];
  expect(inShort(chooseEvidence(candidates, choice))).toEqual([
    [1, "chad", 0.9],
    [2, "romania", 0.8],
    [3, "chad", 0.7],
  ]);
});

test("nothing is chosen when nothing is good enough", () => {
  expect(chooseEvidence([judged("chad", 0.1)], choice)).toEqual([]);
  expect(chooseEvidence([], choice)).toEqual([]);
});

test("there are never more than the prompt takes, and labels have no gaps", () => {
  const candidates = fc.array(
    fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f", "g"), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(candidates, fc.integer({ min: 1, max: 5 }), (pairs, most) => {
      const sorted = pairs
        .map(([id, relevance]) => judged(id, relevance))
        .sort((left, right) => right.relevance - left.relevance);
      const chosen = chooseEvidence(sorted, { ...choice, most });
      expect(chosen.length).toBeLessThanOrEqual(most);
      expect(chosen.map(({ label }) => label)).toEqual(chosen.map((_, index) => index + 1));
      expect(chosen.every(({ relevance }) => relevance >= choice.threshold)).toBe(true);
    }),
  );
});
