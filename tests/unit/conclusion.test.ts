import { describe, expect, test } from "vitest";
import { conclude } from "../../src/conclusion.ts";
import { evidence } from "../support/hand-made.ts";

const chad = evidence(1, "Chad", "People pay with the CFA franc.", { relevance: 0.8 });
const peru = evidence(2, "Peru", "People pay with the sol.", { relevance: 0.4 });
const all = [chad, peru];
const generated = { text: "CFA franc", named: 1, probability: 0.9 };

test("words that stand in the evidence are an answer; its confidence is the source's relevance times the words' probability", () => {
  const conclusion = conclude(generated, all, all, true);
  expect(conclusion).toMatchObject({
    kind: "answer",
    text: "CFA franc",
    citations: [{ label: 1, start: 0, end: 9 }],
  });
  expect(conclusion.confidence).toBeCloseTo(0.72, 9);
});

test("the source that was found counts, not the one that was named", () => {
  const conclusion = conclude({ ...generated, text: "sol" }, all, all, true);
  expect(conclusion).toMatchObject({ kind: "answer", citations: [{ label: 2 }] });
  expect(conclusion.confidence).toBeCloseTo(0.36, 9);
});

describe("not knowing", () => {
  test("follows from no evidence, the surer the less relevant the best candidate is", () => {
    const conclusion = conclude(null, [], [{ ...chad, relevance: 0.1 }], true);
    expect(conclusion).toMatchObject({ kind: "abstention", reason: "nothing-relevant", citations: [] });
    expect(conclusion.confidence).toBeCloseTo(0.9, 9);
    expect(conclude(null, [], [], false)).toMatchObject({ kind: "abstention", confidence: 1 });
  });

  test("follows from the model's [0], as sure as the model was", () => {
    expect(conclude({ text: "", named: 0, probability: 0.7 }, all, all, true)).toMatchObject({
      kind: "abstention",
      reason: "not-in-evidence",
      confidence: 0.7,
    });
  });

  test("follows from silence", () => {
    expect(conclude({ text: "", named: 1, probability: 0.7 }, all, all, true)).toMatchObject({
      kind: "abstention",
      reason: "not-in-evidence",
    });
  });

  test("follows from words that stand in no evidence", () => {
    const conclusion = conclude({ ...generated, text: "Swiss francs" }, all, all, true);
    expect(conclusion).toMatchObject({ kind: "abstention", reason: "not-in-evidence", citations: [] });
    expect(conclusion.confidence).toBeCloseTo(0.1, 9);
    expect(conclusion.text).not.toContain("Swiss");
  });
});
