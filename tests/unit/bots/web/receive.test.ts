import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, receiveQuestion } from "../../../../bots/web/receive.ts";

const context = {
  id: "q-1",
  asker: { tenant: "web", pseudonym: "p" },
  questionCharacters: 1000,
  imageBytes: 100,
};
const empty = { question: null, conversation: null, image: null };

describe("receiving a question", () => {
  it("keeps only what was given", () => {
    expect(receiveQuestion({ ...empty, question: "Which?" }, context)).toEqual({
      id: "q-1",
      text: "Which?",
      platform: "web",
      asker: context.asker,
    });
  });

  it("takes a picture of exactly the limit and refuses one byte more", () => {
    const image = (length: number) => ({ name: "a.png", bytes: new Uint8Array(length) });
    expect(receiveQuestion({ ...empty, question: "Which?", image: image(100) }, context).image).toBeDefined();
    expect(() => receiveQuestion({ ...empty, question: "Which?", image: image(101) }, context)).toThrow(
      /too large/,
    );
  });

  it("never lets a control character or an override through, whatever is posted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(cleanText(text)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });

  it("leaves other languages and joined emoji as they are", () => {
    for (const text of ["Qual é a moeda?", "这是哪里？", "👩‍👩‍👧 हिन्दी?"]) expect(cleanText(text)).toBe(text);
  });
});
