import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainQuestion } from "../../../../bots/slack/ask.ts";
import { steadyMarkdown } from "../../../../bots/slack/live-message.ts";
import { safeLink, safeMarkdown, safeText, safeWithin } from "../../../../bots/slack/safe-text.ts";

/** Marks that Slack acts on, mixed with anything. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "@everyone",
        "@here",
        "@channel",
        "<!channel>",
        "<!subteam^S1>",
        "<@U1>",
        "<#C1>",
        "<https://b|a>",
        "[a](https://b)",
        "https://b",
        "evil.example",
        "mailto:a@b.cd",
        "```",
        "*a*",
        "_a_",
        ":smile:",
        "# a",
        "> b",
        "- c",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe("text of others in Slack", () => {
  it("mentions nobody, links nowhere and begins no formatting, whatever it is", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = safeText(text);
        expect(safe).not.toMatch(
          /[<>]|&(?!amp;|lt;|gt;)|@(everyone|here|channel)|:\/\/|evil\.example|:smile:/,
        );
        expect(safe).not.toMatch(/[^\u200B][*_~`]|[*_~`][^\u200B]/);
      }),
    );
  });

  it("does so in Markdown as well, which answers are streamed in", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = safeMarkdown(text);
        expect(safe).not.toMatch(/[<>]|@(everyone|here|channel)|:\/\/|evil\.example|:smile:/);
        expect(safe).not.toMatch(/(?:^|[^\\])(?:\\\\)*[*_~`|[\]()#!]/);
      }),
    );
  });

  it("is streamed so that what was sent is never taken back", () => {
    fc.assert(
      fc.property(hostile, fc.nat(), (text, where) => {
        const part = text.slice(0, where % (text.length + 1));
        expect(steadyMarkdown(text).startsWith(steadyMarkdown(part))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("fits, and is not cut in the middle of what it was escaped to", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 10, max: 60 }), (text, limit) => {
        const safe = safeWithin(text, limit);
        expect(safe.length).toBeLessThanOrEqual(limit);
        expect(safe).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it("reads as it was written", () => {
    expect(safeText("The CFA franc, since 1945.")).toBe("The CFA franc, since 1945.");
    expect(safeText("5 * 3 < 20 & so on").replaceAll("\u200B", "")).toBe("5 * 3 &lt; 20 &amp; so on");
  });
});

describe("a link in Slack", () => {
  it("goes to its own source alone", () => {
    expect(safeLink("Chad", "https://example.org/a?b=1&c=2")).toBe(
      "<https://example.org/a?b=1&amp;c=2|Chad>",
    );
    expect(safeLink("x|y> <!here>", "https://example.org/a|b>")).toBe(
      "<https://example.org/a%7Cb%3E|x|y&gt; &lt;!here&gt;>",
    );
    expect(safeLink("Chad", "javascript:alert(1)")).toBe("Chad");
    expect(safeLink("Chad", "")).toBe("Chad");
  });
});

describe("what somebody typed", () => {
  it("is read as they saw it", () => {
    expect(plainQuestion("Is 1 &lt; 2 &amp;amp; what is <https://a.b|this> in <#C1|general>?")).toBe(
      "Is 1 < 2 &amp; what is this in #general?",
    );
    expect(plainQuestion("<https://a.b/c>")).toBe("https://a.b/c");
  });
});
