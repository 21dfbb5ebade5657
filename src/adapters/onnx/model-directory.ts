/** A model directory in Hugging Face's layout: JSON beside an `onnx` folder. Knows files, not what the graphs compute. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type Dtype, graphPath, precisionsMeant, precisionsToTry } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";

/** What `config.json` may say; a graph's own inputs are trusted before it. */
export interface ModelConfig {
  readonly model_type?: string;
  readonly image_token_index?: number;
  readonly image_token_id?: number;
  readonly projection_dim?: number;
  readonly max_position_embeddings?: number;
  readonly vocab_size?: number;
  readonly num_key_value_heads?: number;
  readonly head_dim?: number;
  readonly eos_token_id?: number | readonly number[];
  readonly text_config?: ModelConfig;
}

/** Reads one JSON file; null when there is none. Throws RoraError `unavailable` when it is not JSON. */
export async function readOptionalJson<Content>(directory: string, file: string): Promise<Content | null> {
  const path = join(directory, file);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(await readFile(path, "utf8")) as Content;
  } catch (cause) {
    throw new RoraError("unavailable", `The model file ${file} cannot be read; download the model again.`, {
      cause,
    });
  }
}

/** Reads one JSON file the model cannot do without. Throws RoraError `unavailable` naming it. */
export async function readJson<Content>(directory: string, file: string): Promise<Content> {
  const content = await readOptionalJson<Content>(directory, file);
  if (content === null) throw missing(directory, file);
  return content;
}

/**
 * Path of a graph, e.g. `onnx/vision_encoder_int8.onnx`: of several names the first that is there, in the preferred precision,
 * else in the next best. Throws RoraError `unavailable` when there is none in any precision.
 */
export function graphFile(directory: string, graph: string | readonly string[], dtype: Dtype): string {
  const names = typeof graph === "string" ? [graph] : graph;
  for (const name of names) {
    for (const precision of precisionsToTry(dtype)) {
      const path = join(directory, graphPath(name, precision));
      if (existsSync(path)) return path;
    }
  }
  throw missing(directory, names.map((name) => `onnx/${name}.onnx`).join(" and no "));
}

/** Whether all of these graphs are there, in whatever precision. */
export function hasGraphs(directory: string, graphs: readonly string[]): boolean {
  return graphs.every((graph) =>
    precisionsToTry("auto").some((precision) => existsSync(join(directory, graphPath(graph, precision)))),
  );
}

/** Whether a graph rounds activations by one scale for the whole batch, so that what is encoded beside something changes it. */
export function sharesScale(file: string): boolean {
  return /_(int8|uint8|quantized)\.onnx$/.test(file);
}

/** A graph and the files that hold its weights where they lie apart: `x.onnx_data`, `x.onnx_data_1`, `x.onnx.data`. */
export async function graphFiles(file: string): Promise<string[]> {
  const beside = await readdir(dirname(file));
  const data = beside.filter(
    (name) => name.startsWith(basename(file)) && /^[._]data(_\d+)?$/.test(name.slice(basename(file).length)),
  );
  return [file, ...data.sort().map((name) => join(dirname(file), name))];
}

/**
 * Path of the graph that a dtype is chosen for: others may complete it, but this one must be what was asked for.
 * Throws RoraError `unavailable` that names the precisions there are.
 */
export function graphFileIn(directory: string, graph: string, dtype: Dtype): string {
  const there = precisionsToTry("auto").filter((precision) =>
    existsSync(join(directory, graphPath(graph, precision))),
  );
  const chosen = precisionsMeant(dtype).find((precision) => there.includes(precision));
  if (chosen !== undefined) return join(directory, graphPath(graph, chosen));
  if (there.length === 0) throw missing(directory, `onnx/${graph}.onnx`);
  throw new RoraError(
    "unavailable",
    `The model "${modelName(directory)}" has no ${graph} in ${dtype}; it has it in ${there.join(", ")}.`,
  );
}

/**
 * Name and version of a model: its name and the first 12 hex digits of the SHA-256 over `files`. Throws RoraError `unavailable`
 * naming the first that is missing.
 */
export async function modelId(directory: string, files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of new Set(files)) {
    if (!existsSync(file)) throw missing(directory, relative(directory, file));
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  }
  return `${modelName(directory)}@${hash.digest("hex").slice(0, 12)}`;
}

/** What a model calls itself, for messages. */
export async function architecture(directory: string): Promise<string> {
  const config = await readOptionalJson<ModelConfig>(directory, "config.json");
  const type = config?.model_type;
  return type === undefined ? `"${modelName(directory)}"` : `"${modelName(directory)}" (${type})`;
}

function missing(directory: string, file: string): RoraError {
  return new RoraError(
    "unavailable",
    `The model "${modelName(directory)}" has no ${file}; download it again or choose another model.`,
  );
}

/** The directory's own name; in Hugging Face's cache, where that is a commit, `owner/name`: a commit need not change a model. */
function modelName(directory: string): string {
  const parts = resolve(directory).split(sep);
  const repository = /^models--(.+)$/.exec(parts.at(-3) ?? "");
  return repository === null ? parts.at(-1)! : repository[1]!.replace("--", "/");
}
