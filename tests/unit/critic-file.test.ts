import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { readCritic } from "../../src/critic-file.ts";
import { FEATURES } from "../../src/domain/critic.ts";
import { judge } from "../../src/retrieval/critic.ts";
import { candidate } from "../support/hand-made.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

const numbers = (value: number) => FEATURES.map(() => value);
const critic = {
  version: "fit-1",
  weights: numbers(0.5),
  means: numbers(0),
  deviations: numbers(1),
  bias: -1,
  threshold: 0.1,
};
const write = (content: unknown) => writeFile(join(folder, "critic.json"), JSON.stringify(content));

describe("critic.json", () => {
  it("of the bundled model fits", async () => {
    expect((await readCritic(readConfig({}).model.folder)).weights).toHaveLength(FEATURES.length);
  });

  it("is read as it stands", async () => {
    await write(critic);
    expect(await readCritic(folder)).toEqual(critic);
  });

  it("that is not JSON is told with what to do", async () => {
    await writeFile(join(folder, "critic.json"), "{");
    await expect(readCritic(folder)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("git checkout models"),
    });
  });

  it("that is missing gives way to one that ranks and calls nothing irrelevant", async () => {
    const unfitted = await readCritic(folder);
    const look = { image: 0.8, margin: 0.1, imageRank: 1, text: 0.7, fused: 0.03 };
    const candidates = [
      candidate("far", { ...look, margin: -0.3, imageRank: 5, fused: 0.01 }),
      candidate("right", look),
      candidate("right, other passage", { ...look, text: 0.5, fused: 0.02 }),
      candidate("by words alone", { text: 0.7, fused: 0.01 }, { recovered: true }),
    ];
    const ranked = judge(candidates, unfitted);
    expect(ranked.map(({ entity }) => entity.id)).toEqual([
      "right",
      "right, other passage",
      "by words alone",
      "far",
    ]);
    expect(Math.min(...ranked.map(({ relevance }) => relevance))).toBeGreaterThan(unfitted.threshold);
    expect(unfitted.version).toBe("unfitted");
  });

  it.each([
    ["of another set of features", { ...critic, weights: [1] }],
    ["without a threshold", { ...critic, threshold: undefined }],
    ["that divides by zero", { ...critic, deviations: numbers(0) }],
    ["that is no object of numbers", { ...critic, means: numbers(0).map(String) }],
  ])("%s is refused", async (_, content) => {
    await write(content);
    await expect(readCritic(folder)).rejects.toThrow("does not fit this version");
  });
});
