import { basename } from "node:path";
import type { Precision } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import { type CachedFile, cachedCommit, cachedFiles, repositoryFolder } from "./cache-layout.ts";
import { notHere } from "./faults.ts";
import { hasHash, isFileHash } from "./file-hash.ts";
import type { Hub } from "./hub.ts";
import type { ModelName } from "./model-name.ts";
import { type RemoteFile, readRepository } from "./repository.ts";
import { precisionsAmong, wantedFiles } from "./wanted-files.ts";

export interface Verification {
  /** In which its graphs are here. */
  readonly precisions: readonly Precision[];
  readonly files: number;
  readonly bytes: number;
  /** A sentence for each file that is missing or not what it should be. */
  readonly problems: readonly string[];
  /** Why it is not known whether files are missing altogether; null when it is. */
  readonly unasked: string | null;
}

/** Reads every file of a model and compares it with its hash, and the list of files with the hub's. Throws RoraError `not-found`. */
export async function verify(hub: Hub, model: ModelName, signal: AbortSignal): Promise<Verification> {
  const repository = repositoryFolder(hub.cache, model.name);
  const commit = await cachedCommit(repository, model);
  if (commit === null) throw notHere(model);
  const here = await cachedFiles(repository, commit);
  const asked = await askHub(hub, { name: model.name, revision: commit }, signal);
  const announced = typeof asked === "string" ? [] : asked;
  const problems: string[] = [];
  for (const file of here) {
    const problem = await fileProblem(file, announced, signal);
    if (problem !== null) problems.push(`${file.path} ${problem}`);
  }
  for (const path of missingPaths(here, announced)) problems.push(`${path} is missing.`);
  return {
    precisions: precisionsAmong(new Set(here.map(({ path }) => path))),
    files: here.length,
    bytes: here.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    problems,
    unasked: typeof asked === "string" ? asked : null,
  };
}

/** The hub's list, or why there is none: a model can be whole without it. */
async function askHub(hub: Hub, model: ModelName, signal: AbortSignal) {
  if (hub.offline) return "HF_HUB_OFFLINE is set.";
  try {
    return (await readRepository(hub, model, signal)).files;
  } catch (error) {
    if (error instanceof RoraError) return error.message;
    throw error;
  }
}

async function fileProblem(
  { path, blob, bytes }: CachedFile,
  announced: readonly RemoteFile[],
  signal: AbortSignal,
): Promise<string | null> {
  if (bytes === null) return "is missing: its content is gone.";
  const name = basename(blob);
  const hash = isFileHash(name) ? name : announced.find((file) => file.path === path)?.hash;
  if (hash === undefined) return "cannot be checked: its hash is not known.";
  return (await hasHash(blob, hash, signal)) ? null : "is damaged: its hash is another.";
}

/** What the hub has and the model lacks, in whichever precision it lacks least. */
function missingPaths(here: readonly CachedFile[], announced: readonly RemoteFile[]): readonly string[] {
  const paths = new Set(here.map(({ path }) => path));
  if (precisionsAmong(new Set(announced.map(({ path }) => path))).length === 0) return [];
  const lacking = (precision: Precision | "auto") =>
    wantedFiles(announced, precision).files.flatMap(({ path }) => (paths.has(path) ? [] : [path]));
  const pulled = precisionsAmong(paths);
  const lists = (pulled.length === 0 ? (["auto"] as const) : pulled).map(lacking);
  return lists.sort((first, second) => first.length - second.length)[0]!;
}
