/** The model's files, and whether it runs. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createClosers } from "../closers.ts";
import type { Config } from "../config.ts";
import { openModel } from "../start/model.ts";
import { shortcomings } from "../start/shortcomings.ts";
import { type Check, plainly } from "./check.ts";

export async function listModelFiles(folder: string): Promise<Check[]> {
  const name = "Model files";
  const graphs = await readdir(join(folder, "onnx")).catch(() => []);
  if (graphs.length === 0) {
    const advice = "Set MODEL_DIR to a model folder, or restore the bundled one with `git checkout models`.";
    return [{ state: "broken", name, detail: "there are none in MODEL_DIR", advice }];
  }
  const others = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const files = [...others, ...graphs.map((graph) => join("onnx", graph))].sort();
  return Promise.all(files.map((file) => describeFile(folder, file)));
}

async function describeFile(folder: string, file: string): Promise<Check> {
  const bytes = await readFile(join(folder, file));
  const hash = createHash("sha256").update(bytes).digest("hex");
  const kilobytes = Math.ceil(bytes.length / 1000).toLocaleString("en-US");
  return {
    state: "ok",
    name: "Model file",
    detail: `${file}, ${kilobytes} kB, sha256 ${hash.slice(0, 16)}…`,
  };
}

export async function runModel(config: Config): Promise<{ encoder: string; checks: Check[] }> {
  const closers = createClosers();
  try {
    const opened = await openModel(config, closers);
    const { imageEncoder, answerModel, critic, checkAnswers, device } = opened;
    const detail = `${basename(config.model.folder)} runs on ${device}; encoder ${imageEncoder.id}, answers ${answerModel.id}, critic ${critic.version}`;
    const model: Check = { state: "ok", name: "Model", detail };
    const checks = [
      model,
      ...shortcomings(opened).map(({ name, detail }): Check => ({ state: "note", name, detail })),
    ];
    if (config.vlm === undefined) return { encoder: imageEncoder.id, checks };
    const served = await plainly("VLM_URL", async () => {
      const { listed, detail } = await checkAnswers();
      return [{ state: listed ? "ok" : "note", name: "VLM_URL", detail: `answers; model ${detail}` }];
    });
    return { encoder: imageEncoder.id, checks: [...checks, ...served] };
  } finally {
    await closers.close();
  }
}
