import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryingSentence, cutAtSentence } from "../../../../bots/chat/sentences.ts";

/** Any text in which backslashes guard characters, as Discord wants it. */
const escaped = fc.string({ unit: "binary" }).map((text) => text.replace(/[\\*_]/g, "\\$&"));

describe("a cut", () => {
  it("is made at a sentence, and said", () => {
    const { text, whole } = cutAtSentence("One sentence. Another one. A third that is too long.", 30);
    expect({ text, whole }).toEqual({ text: "One sentence. Another one.…", whole: false });
  });

  it("keeps within its limit and spoils nothing that follows, whatever the text", () => {
    fc.assert(
      fc.property(escaped, fc.integer({ min: 10, max: 200 }), (text, limit) => {
        const cut = cutAtSentence(text, limit);
        expect(cut.text.length).toBeLessThanOrEqual(limit);
        if (!cut.whole) expect(cut.text).not.toMatch(/\\…$/);
      }),
    );
  });
});

it("the sentence that carries an answer is the one that shares its words", () => {
  const passage = "Chad lies in Africa. People pay with the CFA franc. It has 1.2 million km².";
  expect(carryingSentence(passage, "The CFA franc")).toBe("People pay with the CFA franc.");
  expect(carryingSentence("", "anything")).toBe("");
});
