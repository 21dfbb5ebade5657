import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endingAt } from "../../../../src/adapters/onnx/stop-strings.ts";
import type { GeneratedToken } from "../../../../src/ports.ts";

/** Words as tokens; `asked` counts those that were asked for. */
function writing(words: readonly string[]) {
  const state = { asked: 0 };
  async function* tokens() {
    for (const id of words.keys()) {
      state.asked++;
      yield { id, logProbability: -id };
    }
  }
  return { state, tokens: tokens(), detokenize: (id: number) => words[id]! };
}

async function written(stopStrings: readonly string[], words: readonly string[]) {
  const { state, tokens, detokenize } = writing(words);
  const shown: GeneratedToken[] = [];
  for await (const token of endingAt(stopStrings, tokens, detokenize)) shown.push(token);
  return { ...state, shown, text: shown.map(({ text }) => text).join("") };
}

describe("an answer", () => {
  it("ends before a stop string, however tokens cut it, and asks for no token after it", async () => {
    const { text, asked } = await written(["\nUser:"], ["N'Dj", "amena.\n", "Us", "er", ": And", " then?"]);
    expect(text).toBe("N'Djamena.");
    expect(asked).toBe(5);
  });

  it("is whole where what looked like the beginning of a stop string was none", async () => {
    expect((await written(["###"], ["a #", "#", " b #"])).text).toBe("a ## b #");
  });

  it("comes word by word without stop strings", async () => {
    const { shown } = await written([], ["a", "b"]);
    expect(shown).toEqual([
      { text: "a", logProbability: -0 },
      { text: "b", logProbability: -1 },
    ]);
  });

  it("is what stands before the stop string, whatever the text, and counts every token once", async () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 3 }));
    const stop = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(words, stop, async (given, stopString) => {
        const { text, asked, shown } = await written([stopString], given);
        expect(text).toBe(given.join("").split(stopString)[0]);
        expect(shown.map(({ logProbability }) => -logProbability)).toEqual([...Array(asked).keys()]);
      }),
    );
  });
});
