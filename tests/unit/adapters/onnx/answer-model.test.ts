import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAnswerModel } from "../../../../src/adapters/onnx/answer-model.ts";
import { createImageEncoder } from "../../../../src/adapters/onnx/image-encoder.ts";
import { openTokenizer } from "../../../../src/adapters/onnx/tokenizer.ts";
import type { EncodedImage } from "../../../../src/domain/image.ts";
import type { AnswerModel, GeneratedToken, PromptMessage } from "../../../../src/ports.ts";
import { tokenPicture } from "../../../support/hand-made.ts";
import { collect, decodedPicture, golden, messagesOf, TINY, tinySessions } from "./tiny.ts";

const sessions = tinySessions();
afterAll(() => sessions.close());
let encoded: EncodedImage[];
let model: AnswerModel;
beforeAll(async () => {
  const encoder = await createImageEncoder({ directory: TINY, sessions });
  encoded = await Promise.all(golden.pictures.map((_, index) => encoder.encode(decodedPicture(index))));
  model = await createAnswerModel({ directory: TINY, sessions });
});

const never = new AbortController().signal;

async function generate(
  messages: PromptMessage[],
  maximumTokens = 12,
  of = model,
): Promise<GeneratedToken[]> {
  return collect(of.generate(messages, { maximumTokens, signal: never }));
}

/** Text of tokens; a character left incomplete at the end does not count. */
async function textOf(ids: readonly number[]): Promise<string> {
  return (await openTokenizer(TINY)).decode(ids).replace(/\uFFFD+$/, "");
}

describe("the answering model", () => {
  it.each(
    golden.generations.map((generation) => ({ ...generation, name: JSON.stringify(generation.images) })),
  )("writes PyTorch's greedy tokens for $name, with their probabilities", async (generation) => {
    const tokens = await generate(messagesOf(generation, encoded));
    expect(tokens).toHaveLength(generation.tokens.length);
    expect(tokens.map(({ text }) => text).join("")).toBe(await textOf(generation.tokens));
    for (const [index, { logProbability }] of tokens.entries()) {
      expect(logProbability).toBeCloseTo(generation.logProbabilities[index]!, 3);
    }
  });

  it("writes at the same time what it writes one after the other", async () => {
    const prompts = golden.generations.map((generation) => messagesOf(generation, encoded));
    const alone: GeneratedToken[][] = [];
    for (const prompt of prompts) alone.push(await generate(prompt));
    expect(await Promise.all(prompts.map((prompt) => generate(prompt)))).toEqual(alone);
  });

  it("stops at the number of tokens it was allowed", async () => {
    expect(await generate(messagesOf(golden.generations[0]!, encoded), 3)).toHaveLength(3);
  });

  it("stops with the reason when it is cancelled in the middle", async () => {
    const controller = new AbortController();
    const reason = new Error("nobody waits any more");
    const seen: GeneratedToken[] = [];
    const run = async () => {
      const options = { maximumTokens: 12, signal: controller.signal };
      for await (const token of model.generate(messagesOf(golden.generations[0]!, encoded), options)) {
        seen.push(token);
        if (seen.length === 2) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    expect(seen).toHaveLength(2);
  });

  it("says so when the prompt is longer than its context", async () => {
    const messages: PromptMessage[] = [
      { role: "user", content: [{ kind: "text", text: "money ".repeat(300) }] },
    ];
    await expect(generate(messages)).rejects.toMatchObject({ code: "question-too-long" });
  });

  it("refuses visual tokens of another width than its own", async () => {
    const tokens = { patches: [0], features: new Float32Array(8), featureSize: 8, total: 16 };
    const content = [{ kind: "image" as const, picture: tokenPicture(tokens) }];
    await expect(generate([{ role: "user", content }])).rejects.toMatchObject({ code: "unavailable" });
  });
});
