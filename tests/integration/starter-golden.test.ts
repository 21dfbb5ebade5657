/** The bundled model in this runtime against the numbers PyTorch gave (training/starter/golden.py). */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnswerModel } from "../../src/adapters/onnx/answer-model.ts";
import { createImageEncoder } from "../../src/adapters/onnx/image-encoder.ts";
import { createSessions } from "../../src/adapters/onnx/sessions.ts";
import { createTextEncoder } from "../../src/adapters/onnx/text-encoder.ts";
import { createImageDecoder } from "../../src/adapters/sharp/image-decoder.ts";
import { assemblePrompt } from "../../src/answering/prompt.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { EncodedImage } from "../../src/domain/image.ts";
import { row } from "../../src/domain/vectors.ts";
import { atlasRecords } from "../../src/knowledge/atlas/records.ts";
import { refineQuery, visualTokens } from "../../src/vision/refinement.ts";
import { tokenPicture } from "../support/hand-made.ts";

interface GoldenCase {
  picture: string;
  question: string;
  image_embeds: number[];
  patch: number[];
  text_embeds: number[];
  relevance: number[];
  kept: number[];
  items: { code: string; title: string; text: string; similarity: number; kept: number[] }[];
  answer: string;
  log_probabilities: number[];
}

const fixtures = new URL("../fixtures/starter/", import.meta.url);
const golden = JSON.parse(await readFile(new URL("golden.json", fixtures), "utf8")) as {
  cases: GoldenCase[];
};
const directory = "models/starter";
/** int8 weights move a cosine by a few thousandths. */
const COSINE_TOLERANCE = 0.03;

const sessions = createSessions({ threads: 2 });
let parts: Awaited<ReturnType<typeof open>>;

async function open() {
  return {
    decoder: createImageDecoder(),
    drawings: createImageDecoder({ allowSvg: true }),
    imageEncoder: await createImageEncoder({ directory, sessions }),
    textEncoder: await createTextEncoder({ directory, sessions }),
    answerModel: await createAnswerModel({ directory, sessions }),
    flags: new Map((await atlasRecords()).map((record) => [record.entity.id, record] as const)),
  };
}

beforeAll(async () => {
  parts = await open();
});
afterAll(() => sessions.close());

async function see(goldenCase: GoldenCase): Promise<EncodedImage> {
  const bytes = new Uint8Array(await readFile(new URL(goldenCase.picture, fixtures)));
  return parts.imageEncoder.encode(await parts.decoder.decode({ bytes }));
}

function farthest(actual: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs(actual[index]! - value)));
}

test.each(golden.cases)("$picture is embedded as PyTorch embeds it", async (goldenCase) => {
  const image = await see(goldenCase);
  expect(farthest(image.embedding, goldenCase.image_embeds)).toBeLessThan(COSINE_TOLERANCE);
  const patch = row(image.patches, 37, image.dimension);
  expect(farthest(patch, goldenCase.patch)).toBeLessThan(COSINE_TOLERANCE);
});

test.each(golden.cases)("the question about $picture finds the same patches", async (goldenCase) => {
  const [embedding] = await parts.textEncoder.embed([goldenCase.question]);
  expect(farthest(embedding!, goldenCase.text_embeds)).toBeLessThan(COSINE_TOLERANCE);
  const map = refineQuery(await see(goldenCase), embedding!, {
    keepQuery: goldenCase.kept.length,
    keepRetrieved: 8,
  });
  expect(farthest(map.scores, goldenCase.relevance)).toBeLessThan(2 * COSINE_TOLERANCE);
  const shared = map.kept.filter((patch) => goldenCase.kept.includes(patch));
  expect(shared.length).toBeGreaterThanOrEqual(goldenCase.kept.length - 2);
});

test.each(golden.cases)("the prompt about $picture is answered with the same words", async (goldenCase) => {
  const items = await Promise.all(
    goldenCase.items.map(async (item, index) => {
      const { entity, images, passages } = parts.flags.get(`country:${item.code}`)!;
      const passage = passages.find(({ text }) => text === item.text)!;
      const image = await parts.imageEncoder.encode(await parts.drawings.decode(images[0]!));
      const scores = {
        image: item.similarity,
        margin: 0,
        imageRank: 1,
        text: 0,
        lexical: 0,
        fused: 0,
        patch: 0,
      };
      const evidence: Evidence = {
        entity,
        entityImage: images[0]!,
        passage,
        scores,
        recovered: false,
        relevance: 1,
        label: index + 1,
      };
      return { evidence, picture: tokenPicture(visualTokens(image, item.kept)) };
    }),
  );
  const query = tokenPicture(visualTokens(await see(goldenCase), goldenCase.kept));
  const messages = assemblePrompt(items, query, goldenCase.question);
  const tokens = [];
  const { signal } = new AbortController();
  for await (const token of parts.answerModel.generate(messages, { maximumTokens: 64, signal }))
    tokens.push(token);
  expect(tokens.map((token) => token.text).join("")).toBe(goldenCase.answer);
  const spread = tokens.map((token, index) =>
    Math.abs(token.logProbability - goldenCase.log_probabilities[index]!),
  );
  expect(Math.max(...spread)).toBeLessThan(0.5);
});
