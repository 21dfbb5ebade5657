import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carryingSentence, cutAtSentence, safeLink, safeText } from "../../../../bots/discord/safe-text.ts";

/** Marks that Discord acts on, mixed with anything. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "@everyone",
        "@here",
        "<@1>",
        "<@&1>",
        "<#1>",
        "[a](https://b)",
        "https://b",
        "||",
        "```",
        "\\",
        "# a",
        "> b",
        "discord.gg/x",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe("text of others", () => {
  it("mentions nobody, links nowhere and begins no formatting, whatever it is", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = safeText(text);
        expect(safe).not.toMatch(
          /@(everyone|here)|(?:^|[^\\])(?:\\\\)*[<[\]*_~`|>#]|:\/\/|discord\.(gg|com)/i,
        );
      }),
    );
  });

  it("reads as it was written", () => {
    expect(safeText("The CFA franc, since 1945.")).toBe("The CFA franc, since 1945.");
    expect(safeText("5 * 3 < 20 [sic]").replaceAll("\\", "")).toBe("5 * 3 < 20 [sic]");
  });
});

describe("a link", () => {
  it("goes to its own source alone", () => {
    expect(safeLink("Chad", "https://example.org/a_(b)")).toBe("[Chad](https://example.org/a_%28b%29)");
    expect(safeLink("x](https://evil.example)", "https://example.org/")).not.toContain("](https://evil");
    expect(safeLink("Chad", "javascript:alert(1)")).toBe("Chad");
    expect(safeLink("Chad", "")).toBe("Chad");
  });
});

describe("a cut", () => {
  it("is made at a sentence, and said", () => {
    const { text, whole } = cutAtSentence("One sentence. Another one. A third that is too long.", 30);
    expect({ text, whole }).toEqual({ text: "One sentence. Another one.…", whole: false });
  });

  it("keeps within its limit and spoils nothing that follows, whatever the text", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 200 }), (text, limit) => {
        const cut = cutAtSentence(safeText(text), limit);
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
