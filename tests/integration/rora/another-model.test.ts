import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { assemblePrompt } from "../../../src/answering/prompt.ts";
import { createClosers } from "../../../src/closers.ts";
import { readConfig } from "../../../src/config.ts";
import { refinePrompt } from "../../../src/pictured-evidence.ts";
import { openModel } from "../../../src/start/model.ts";
import { refineQuery } from "../../../src/vision/refinement.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { evidence } from "../../support/hand-made.ts";

const starter = readConfig({}).model.folder;
const fixtures = join(import.meta.dirname, "../../fixtures/vlm");
const never = new AbortController().signal;
const closers = createClosers();
afterEach(() => closers.close());

describe("the starter's encoder with another model that answers", () => {
  it.each(["llava", "llava-interleave", "llava-onevision", "idefics3"])(
    "writes with %s from pictures that were refined on the encoder's own grid",
    async (architecture) => {
      const config = readConfig({ MODEL_DIR: join(fixtures, architecture), ENCODER_DIR: starter });
      const { decoder, imageEncoder, textEncoder, answerModel, checkAnswers } = await openModel(
        config,
        closers,
      );
      expect(answerModel.id).toMatch(new RegExp(`^${architecture}@`));
      expect(await checkAnswers()).toMatchObject({ listed: true });

      const options = { keepQuery: 8, keepRetrieved: 8, decoder };
      const pictures = await Promise.all(
        ["jp", "ke", "br"].map(async (code) => (await flagPhoto(code)).bytes()),
      );
      const decoded = await Promise.all(pictures.map((bytes) => decoder.decode({ bytes })));
      const [asked, ...retrieved] = await Promise.all(decoded.map((picture) => imageEncoder.encode(picture)));
      const [question] = await textEncoder.embed(["What is the capital?"]);
      const map = refineQuery(asked!, question!, options);
      const items = [
        evidence(1, "Kenya", "The capital is Nairobi."),
        evidence(2, "Brazil", "It is Brasília."),
      ].map((item, index) => ({
        ...item,
        entityImage: { ...item.entityImage!, bytes: pictures[index + 1]! },
      }));
      const found = new Map(items.map((item, index) => [item.entityImage.id, retrieved[index]!]));
      const prompt = refinePrompt(items, found, { picture: decoded[0]!, image: asked!, map }, options);

      const written: number[] = [];
      const messages = assemblePrompt(prompt.items, prompt.query, "What is the capital?");
      for await (const token of answerModel.generate(messages, { maximumTokens: 5, signal: never })) {
        written.push(token.logProbability);
      }
      expect(written).toHaveLength(5);
      expect(Math.max(...written)).toBeLessThanOrEqual(0);
    },
  );

  it("does not start when the answering model has no tower and the encoder's was not made for it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rora-towerless-"));
    await cp(join(fixtures, "llava"), folder, { recursive: true });
    for (const file of await readdir(join(folder, "onnx"))) {
      if (file.startsWith("vision_encoder")) await rm(join(folder, "onnx", file));
    }
    const opening = openModel(readConfig({ MODEL_DIR: folder, ENCODER_DIR: starter }), closers);
    await expect(opening).rejects.toThrow(/wants 32 numbers a visual token and the vision_encoder gives 256/);
    await rm(folder, { recursive: true });
  });

  it("does not start with a folder that holds no model", async () => {
    const empty = await mkdtemp(join(tmpdir(), "rora-empty-"));
    const opening = openModel(readConfig({ MODEL_DIR: empty, ENCODER_DIR: starter }), closers);
    await expect(opening).rejects.toThrow(/has no config\.json; download it again or choose another model/);
    await rm(empty, { recursive: true });
  });
});
