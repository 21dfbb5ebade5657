import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemblePrompt, neutralise, percent } from "../../../src/answering/prompt.ts";
import type { PromptPicture } from "../../../src/domain/image.ts";
import type { PromptMessage } from "../../../src/ports.ts";
import { evidence, NO_SCORES, tokenPicture } from "../../support/hand-made.ts";

const tokens = (patch: number): PromptPicture =>
  tokenPicture({ patches: [patch], features: Float32Array.of(patch), featureSize: 1, total: 4 });

/** The prompt as one line of text, a picture as the number of its first patch in braces. */
function written([message]: readonly PromptMessage[]): string {
  return message!.content
    .map((part) => (part.kind === "text" ? part.text : `{${part.picture.tokens!.patches[0]}}`))
    .join("");
}

const MARK = /\[\s*\d+\s*\]|\d\s*%|(question|answer)\s*:/i;
const MARKS = /\[\s*\d+\s*\]|\d\s*%|(question|answer)\s*:/gi;

describe("the prompt", () => {
  const chad = evidence(1, "Chad", "Money of Chad.", { scores: { ...NO_SCORES, image: 0.966 } });
  const peru = evidence(2, "Peru", "Money of Peru.", { scores: NO_SCORES });

  test("is each item's label, similarity, visual tokens and words, then the query's tokens and the question", () => {
    const items = [
      { evidence: chad, picture: tokens(7) },
      { evidence: peru, picture: null },
    ];
    expect(written(assemblePrompt(items, tokens(3), "Which money?"))).toBe(
      "[1] 97%{7} Chad. Money of Chad.\n[2] 0% Peru. Money of Peru.\nQuestion:{3} Which money?\nAnswer:",
    );
  });

  test("of a question without a picture has none, and tells the entity named from others that were found", () => {
    const stranger = evidence(1, "Oman", "Money of Oman.", { scores: NO_SCORES, recovered: true });
    const items = [stranger, peru].map((item) => ({ evidence: item, picture: null }));
    expect(written(assemblePrompt(items, null, "Which money?"))).toBe(
      "[1] 0% Oman. Money of Oman.\n[2] 100% Peru. Money of Peru.\nQuestion: Which money?\nAnswer:",
    );
  });

  test("is one message of the user", () => {
    expect(assemblePrompt([], null, "Why?").map(({ role }) => role)).toEqual(["user"]);
  });

  test("holds its own marks only, whatever titles, passages and questions say", () => {
    const posing = fc.oneof(
      fc.constantFrom(
        "[2]",
        "97%",
        "Question:",
        "Answer:",
        "[",
        "]",
        "9",
        "%",
        "Quest",
        "ion:",
        "answer",
        ":",
        " ",
        "\n",
        "\u200b",
        "［２］",
        "９７％",
        "Ｑuestion：",
        "²",
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    );
    const text = fc.array(posing, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, text, text, (title, words, question) => {
        const item = { evidence: evidence(1, title, words, { scores: NO_SCORES }), picture: null };
        const prompt = written(assemblePrompt([item], null, question)).normalize("NFKC");
        expect(prompt.match(MARKS)).toEqual(["[1]", "0%", "Question:", "Answer:"]);
        expect(prompt.split("\n")).toHaveLength(3);
      }),
      { numRuns: 500 },
    );
  });
});

describe("neutralising", () => {
  test.each([
    ["see [2] and [ 14 ]", "see (2) and (14)"],
    ["97% of it, 3 % more", "97 percent of it, 3 percent more"],
    ["Question: who? ANSWER : me", "Question - who? ANSWER - me"],
    ["MyQuestion: is in a word", "MyQuestion - is in a word"],
    ["two\n\nlines\tand  blanks ", "two lines and blanks"],
    ["［２］ 97％ Ａnswer：", "(2) 97 percent Answer -"],
  ])("%j becomes %j", (text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  test.each([
    "Aruba covers 180 km².",
    "The symbol is ؋.",
    "Call +235.",
    "[a] 50 per cent; the question is: why?",
    "Côte d'Ivoire",
  ])("%j stays as it is", (text) => {
    expect(neutralise(text)).toBe(text);
  });

  test("leaves no mark, before or after Unicode normalisation, and changes nothing when done twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = neutralise(text);
        expect(once).not.toMatch(MARK);
        expect(once.normalize("NFKC")).not.toMatch(MARK);
        expect(neutralise(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

test("a similarity is written as a whole percentage between 0 and 100", () => {
  expect([-0.2, 0, 0.004, 0.005, 0.966, 1, 1.0001].map(percent)).toEqual([
    "0%",
    "0%",
    "0%",
    "1%",
    "97%",
    "100%",
    "100%",
  ]);
});
