import { afterAll, describe, expect, it } from "vitest";
import { createAnswerModel } from "../../../../src/adapters/onnx/answer-model.ts";
import { collect, difference, tinySessions } from "./tiny.ts";
import { ARCHITECTURES, goldenOf, messagesOf, modelFolder, type Pass, watched } from "./vlm.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());
const { signal } = new AbortController();

describe.each(ARCHITECTURES)("%s", (architecture) => {
  const directory = modelFolder(architecture);
  const golden = goldenOf(architecture);
  const cases = golden.generations.map((generation) => ({
    generation,
    name: `visual tokens of its pictures: ${generation.images.map(({ tokens }) => tokens.length).join(", ") || "none"}`,
  }));

  it.each(cases)("writes what PyTorch writes: $name", async ({ generation }) => {
    const passes: Pass[] = [];
    const model = await createAnswerModel({
      directory,
      sessions: watched(sessions, passes),
      dtype: "fp32",
      tower: "own",
    });
    const maximumTokens = generation.tokens.length;
    const tokens = await collect(model.generate(messagesOf(golden, generation), { maximumTokens, signal }));

    expect(passes[0]!.ids).toEqual(generation.ids);
    const scale = Math.max(...generation.logits.map(Math.abs));
    expect(difference(passes[0]!.logits, generation.logits)).toBeLessThan(1e-4 * scale);
    expect(passes.slice(1).flatMap(({ ids }) => ids)).toEqual(generation.tokens.slice(0, -1));
    expect(tokens.map(({ logProbability }) => logProbability)).toEqual(
      generation.logProbabilities.map((expected) => expect.closeTo(expected, 3)),
    );
  });
});
