import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleText } from "../../../../src/adapters/openai/visible-text.ts";

const json = (source: unknown, answer: unknown) => JSON.stringify({ source, answer });

describe("what a model's output shows", () => {
  it("is a structured answer in the form with a label", () => {
    expect(visibleText(json(2, 'The "CFA" franc\n'), "structured")).toBe('[2] The "CFA" franc\n');
    expect(visibleText(json(0, ""), "structured")).toBe("[0]");
  });

  it("comes while the JSON is unfinished, and not before the source is certain", () => {
    const shown = (output: string) => visibleText(output, "structured");
    expect(shown('{"sour')).toBe("");
    expect(shown('{"source": 1')).toBe("");
    expect(shown('{"source": 12, "ans')).toBe("");
    expect(shown('{"source": 12, "answer": "N\'Djam')).toBe("[12] N'Djam");
    expect(shown('{"source": 0,')).toBe("[0]");
    expect(shown('{"answer": "first", "source": 2')).toBe("");
    expect(shown('{"answer": "first", "source": 2}')).toBe("[2] first");
  });

  it("never is half a character or half an escape", () => {
    expect(visibleText('{"source": 1, "answer": "caf\\u00', "structured")).toBe("[1] caf");
    expect(visibleText('{"source": 1, "answer": "ok \\ud83d', "structured")).toBe("[1] ok ");
    expect(visibleText('{"source": 1, "answer": "ok \\ud83d\\ude00', "structured")).toBe("[1] ok 😀");
  });

  it("takes a model that ignores the schema at its words", () => {
    expect(visibleText("[2] Franc", "structured")).toBe("[2] Franc");
    expect(visibleText(`\`\`\`json\n${json(2, "Franc")}\n\`\`\``, "structured")).toBe("[2] Franc");
    expect(visibleText("``", "structured")).toBe("");
  });

  it("is nothing where the JSON says nothing", () => {
    for (const output of [json("two", "Franc"), json(2, null), "{]", "{}"]) {
      expect(visibleText(output, "structured")).toBe("");
    }
  });

  it.each(["structured", "labelled"] as const)("has no thoughts (%s)", (form) => {
    const answer = form === "structured" ? json(1, "Franc") : "[1] Franc";
    expect(visibleText(` <think>It is [3]. {"source": 3}</think>\n\n${answer}`, form)).toBe("[1] Franc");
    for (const output of ["", "<", "<thi", "<think>[3] is", "<think>[3]</thin"]) {
      expect(visibleText(output, form)).toBe("");
    }
  });

  it("keeps a comparison that only begins like a thought", () => {
    expect(visibleText("<thirty", "labelled")).toBe("<thirty");
  });

  it("only grows, wherever the server cuts", () => {
    const thoughts = fc.constantFrom("", "<think>hm [1] {</think>\n", " ");
    const output = fc.tuple(thoughts, fc.nat(20), fc.string({ unit: "binary" }), fc.boolean());
    fc.assert(
      fc.property(output, ([thought, source, answer, structured]) => {
        const form = structured ? "structured" : "labelled";
        const whole = thought + (structured ? json(source, answer) : `[${source}] ${answer}`);
        let before = "";
        for (let end = 0; end <= whole.length; end++) {
          const now = visibleText(whole.slice(0, end), form);
          expect(now.startsWith(before)).toBe(true);
          before = now;
        }
        const expected = structured && source === 0 ? "[0]" : `[${source}] ${answer}`;
        expect(before).toBe(structured ? expected.replace(/[\uD800-\uDBFF]$/, "") : expected);
      }),
    );
  });
});
