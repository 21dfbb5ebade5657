import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createDetokenizer } from "../../../../src/adapters/onnx/detokenizer.ts";
import { openTokenizer, type TextTokenizer } from "../../../../src/adapters/onnx/tokenizer.ts";
import { TINY } from "./tiny.ts";

describe("text that streams", () => {
  let tokenizer: TextTokenizer;
  beforeAll(async () => {
    tokenizer = await openTokenizer(TINY);
  });

  const stream = (ids: readonly number[]) => ids.map(createDetokenizer(tokenizer.decode));

  it("is whole characters that add up to the whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const whole = tokenizer.plain(text).replaceAll("\uFFFD", "");
        const deltas = stream(tokenizer.encode(whole, { wrap: false }));
        expect(deltas.join("")).toBe(whole);
        for (const delta of deltas) expect(delta).not.toContain("\uFFFD");
      }),
    );
  });

  it("shows a character only with the last of its bytes", () => {
    const deltas = stream(tokenizer.encode("🦊!", { wrap: false }));
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.filter((delta) => delta !== "")).toEqual(["🦊", "!"]);
  });

  it("drops a character that stays incomplete", () => {
    expect(stream(tokenizer.encode("a🦊", { wrap: false }).slice(0, -1)).join("")).toBe("a");
  });
});
