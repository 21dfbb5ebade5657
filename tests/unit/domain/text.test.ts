import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedName, foldedText, storableText } from "../../../src/domain/text.ts";

describe("storable text", () => {
  it("has no NUL characters and no lone surrogates, and is otherwise the same", () => {
    expect(storableText("a\u0000b\ud800c\udc00")).toBe("ab\ufffdc\ufffd");
    expect(storableText("Ça va? 🇹🇩 تشاد\n")).toBe("Ça va? 🇹🇩 تشاد\n");
  });

  it("survives UTF-8 and back, whatever it was", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.integer({ min: 0xd800, max: 0xdfff }),
        (text, surrogate) => {
          const stored = storableText(`${text}${String.fromCharCode(surrogate)}`);
          expect(Buffer.from(stored, "utf8").toString("utf8")).toBe(stored);
          expect(stored).not.toContain("\u0000");
        },
      ),
    );
  });
});

describe("folding", () => {
  it.each([
    ["Côte d'Ivoire", "cote d ivoire"],
    ["CÔTE D’IVOIRE", "cote d ivoire"],
    ["Straße", "strasse"],
    ["Łódź", "lodz"],
    ["Færøerne", "faeroerne"],
    ["Türkiye", "turkiye"],
    ["İstanbul", "istanbul"],
    ["ＣＨＡＤ", "chad"],
    ["  Guinea-Bissau ", "guinea bissau"],
    ["Ελλάδα", "ελλαδα"],
    ["تَشَاد", "تشاد"],
    ["भारत", "भारत"],
    ["日本", "日本"],
    ["★", ""],
  ])("makes %j into %j", (name, folded) => expect(foldedName(name)).toBe(folded));

  it("of what is folded changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldedText(foldedText(text))).toBe(foldedText(text));
        expect(foldedName(foldedName(text))).toBe(foldedName(text));
      }),
    );
  });
});
