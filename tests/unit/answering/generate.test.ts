import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateAnswer } from "../../../src/answering/generate.ts";
import type { AnswerModel } from "../../../src/ports.ts";

/** A model that says these pieces, each with the same probability, and notes how far it was read. */
function speaking(pieces: readonly string[], probability = 0.5) {
  const said: string[] = [];
  const model: AnswerModel = {
    id: "speaking",
    async *generate() {
      for (const text of pieces) {
        said.push(text);
        yield { text, logProbability: Math.log(probability) };
      }
    },
  };
  return { model, said };
}

async function generate(pieces: readonly string[], probability?: number) {
  const { model, said } = speaking(pieces, probability);
  const shown: string[] = [];
  const { signal } = new AbortController();
  const onText = (text: string) => void shown.push(text);
  const answer = await generateAnswer(model, [], { maximumTokens: 64, signal, onText });
  return { answer, shown, said };
}

describe("an answer that begins with its source", () => {
  test("is shown without the label, word by word", async () => {
    const { answer, shown } = await generate(["[2]", " Central", " African", " CFA", " franc"]);
    expect(answer).toMatchObject({ text: "Central African CFA franc", named: 2 });
    expect(shown).toEqual(["Central", " African", " CFA", " franc"]);
  });

  test("keeps a label back that comes in parts", async () => {
    const { answer, shown } = await generate([" ", "[", "1", "2", "]", " ", "N'Djamena"]);
    expect(answer).toMatchObject({ text: "N'Djamena", named: 12 });
    expect(shown).toEqual(["N'Djamena"]);
  });

  test("that names several goes by the first and shows none", async () => {
    const { answer, shown } = await generate(["[1]", "[", "3", "]", " Lei"]);
    expect(answer).toMatchObject({ text: "Lei", named: 1 });
    expect(shown).toEqual(["Lei"]);
  });

  test("and is cut off within the label says nothing", async () => {
    expect(await generate(["[", "2"])).toMatchObject({ answer: { text: "", named: null }, shown: [] });
  });
});

test("[0] ends the reading: nothing that follows rests on evidence, so none of it is shown", async () => {
  const { answer, shown, said } = await generate(["[0]", " Paris", " of course"]);
  expect(answer).toMatchObject({ text: "", named: 0, probability: 0.5 });
  expect(shown).toEqual([]);
  expect(said).toEqual(["[0]"]);
});

test("an answer without a label is shown from its first word, blanks before it left out", async () => {
  const { answer, shown } = await generate([" ", " N'", "Djamena", " "]);
  expect(answer).toMatchObject({ text: "N'Djamena", named: null });
  expect(shown).toEqual(["N'", "Djamena"]);
});

test("brackets later on are words like others", async () => {
  expect((await generate(["euro", " [2]", " [x"])).shown).toEqual(["euro", " [2]", " [x"]);
  expect((await generate(["[", "x", "]"])).answer.text).toBe("[x]");
});

test("the probability is the geometric mean of the tokens'; of no tokens it is 0", async () => {
  expect((await generate(["a", "b", "c"], 0.25)).answer.probability).toBeCloseTo(0.25, 12);
  expect((await generate([])).answer).toEqual({ text: "", named: null, probability: 0 });
});

test("a model's failure is thrown", async () => {
  const model: AnswerModel = {
    id: "failing",
    // biome-ignore lint/correctness/useYield: it fails before its first token
    async *generate() {
      throw new Error("out of memory");
    },
  };
  const options = { maximumTokens: 1, signal: new AbortController().signal, onText: () => {} };
  await expect(generateAnswer(model, [], options)).rejects.toThrow("out of memory");
});

test("the pieces shown are the answer's text, which never begins with a label", async () => {
  const piece = fc.oneof(
    fc.constantFrom("[", "]", "[2]", "[0", "1", " ", "\n", "", "Paris", "[x", "]]"),
    fc.string({ maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const { answer, shown } = await generate(pieces);
      expect(shown.join("")).toBe(answer.text);
      expect(shown).not.toContain("");
      expect(answer.text).not.toMatch(/^\s|^\[\d+\]|\s$/);
    }),
    { numRuns: 1000 },
  );
});
