import { describe, expect, it } from "vitest";
import type { AnswerModel } from "../../src/ports.ts";
import { takingTurns } from "../../src/turns.ts";

const never = new AbortController().signal;
const writing: { most: number; now: number } = { most: 0, now: 0 };
const model: AnswerModel = {
  id: "counts",
  async *generate() {
    writing.now++;
    writing.most = Math.max(writing.most, writing.now);
    try {
      for (const text of ["one", "two", "three"]) {
        await new Promise(setImmediate);
        yield { text, logProbability: 0 };
      }
    } finally {
      writing.now--;
    }
  },
};
const ask = (of: AnswerModel, signal = never) => of.generate([], { maximumTokens: 3, signal });
const collect = async (of: AnswerModel, signal = never) => {
  const words: string[] = [];
  for await (const { text } of ask(of, signal)) words.push(text);
  return words;
};

describe("a model that takes turns", () => {
  it("writes as many answers at once as it was told, and all of them", async () => {
    const pair = takingTurns(model, 2);
    const answers = await Promise.all(Array.from({ length: 7 }, () => collect(pair)));
    expect(answers).toEqual(Array.from({ length: 7 }, () => ["one", "two", "three"]));
    expect(writing).toEqual({ most: 2, now: 0 });
  });

  it("gives its turn on when a reader leaves or is cancelled while waiting", async () => {
    const single = takingTurns(model, 1);
    const leaving = ask(single)[Symbol.asyncIterator]();
    await leaving.next();
    const controller = new AbortController();
    const waiting = collect(single, controller.signal);
    controller.abort(new Error("gave up"));
    await expect(waiting).rejects.toThrow("gave up");
    const third = collect(single);
    await leaving.return?.();
    expect(await third).toHaveLength(3);
  });
});
