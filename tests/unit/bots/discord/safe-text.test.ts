import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeLink, safeText } from "../../../../bots/discord/safe-text.ts";

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
