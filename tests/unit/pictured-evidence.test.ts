import { expect, test } from "vitest";
import { encodePictures, refinePrompt, withPatchScores } from "../../src/pictured-evidence.ts";
import type { ImageDecoder } from "../../src/ports.ts";
import { candidate, decodedImage, encodedImage, evidence } from "../support/hand-made.ts";

const chadFlag = encodedImage(
  [
    [1, 0],
    [0, 1],
  ],
  [[10], [20]],
);
const pictures = new Map([["chad/flag", chadFlag]]);
const posted = decodedImage("posted");
const query = {
  picture: posted,
  image: encodedImage(
    [
      [0, 1],
      [0.6, 0.8],
      [1, 0],
    ],
    [[1], [2], [3]],
  ),
  map: { rows: 1, columns: 3, scores: [0.9, 0.5, 0.1], kept: [0] },
};
const drawn = decodedImage("drawn");
const decoder: ImageDecoder = { decode: async () => drawn };
const options = { keepQuery: 1, keepRetrieved: 1, decoder };

test("each picture is encoded once, however many candidates show it; those without one are left out", async () => {
  const asked: string[] = [];
  const candidates = [candidate("chad"), candidate("chad"), candidate("peru", {}, { entityImage: null })];
  const encoded = await encodePictures(candidates, async ({ sha256 }) => {
    asked.push(sha256);
    return chadFlag;
  });
  expect(asked).toEqual(["hash of chad/flag"]);
  expect([...encoded.keys()]).toEqual(["chad/flag"]);
});

test("candidates get the patch similarity of their own picture, and none without one", () => {
  const candidates = [candidate("chad"), candidate("peru", {}, { entityImage: null })];
  const [chad, peru] = withPatchScores(candidates, pictures, [Float32Array.of(0.6, 0.8)]);
  expect(chad!.scores.patch).toBeCloseTo(0.8, 6);
  expect(peru!.scores.patch).toBeNull();
  expect(withPatchScores(candidates, pictures, [])).toEqual(candidates);
});

test("the prompt shows the patches nearest to the kept query patches, and counts them", () => {
  const chad = evidence(1, "Chad", "Words.");
  const peru = evidence(2, "Peru", "Words.", { entityImage: null });
  const prompt = refinePrompt([chad, peru], pictures, query, options);
  expect(prompt.items[0]).toMatchObject({
    evidence: { label: 1, keptPatches: [1] },
    picture: { tokens: { patches: [1], features: Float32Array.of(20) }, map: { kept: [1] } },
  });
  expect(prompt.items[1]).toEqual({ evidence: peru, picture: null });
  expect(prompt.query).toMatchObject({
    tokens: { patches: [0], features: Float32Array.of(1) },
    map: { kept: [0] },
  });
  expect(prompt.counts).toEqual({ query: { total: 3, kept: 1 }, retrieved: { total: 2, kept: 1 } });
});

test("without a query picture, evidence stands as text alone", () => {
  const chad = evidence(1, "Chad", "Words.");
  expect(refinePrompt([chad], pictures, null, options)).toEqual({
    items: [{ evidence: chad, picture: null }],
    query: null,
    counts: { query: { total: 0, kept: 0 }, retrieved: { total: 0, kept: 0 } },
  });
});

test("a model that reads pixels gets the picture asked about and the drawings of the evidence", async () => {
  const prompt = refinePrompt([evidence(1, "Chad", "Words.")], pictures, query, options);
  expect(await prompt.query!.decode()).toBe(posted);
  expect(await prompt.items[0]!.picture!.decode()).toBe(drawn);
});

test("an encoder without features for the answering model leaves pictures without tokens", () => {
  const plain = { ...query, image: { ...query.image, features: null } };
  const prompt = refinePrompt(
    [evidence(1, "Chad", "Words.")],
    new Map([["chad/flag", { ...chadFlag, features: null }]]),
    plain,
    options,
  );
  expect(prompt).toMatchObject({ query: { tokens: null }, items: [{ picture: { tokens: null } }] });
});
