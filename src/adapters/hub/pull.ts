import { mkdir, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import { blobPath, linkFile, repositoryFolder, writeRevision } from "./cache-layout.ts";
import { download } from "./download.ts";
import { writingFault } from "./faults.ts";
import { hasHash } from "./file-hash.ts";
import type { Hub } from "./hub.ts";
import { DEFAULT_REVISION, type ModelName } from "./model-name.ts";
import { type RemoteFile, readRepository } from "./repository.ts";
import { type LockOptions, whileLocked } from "./repository-lock.ts";
import { type WantedFiles, wantedFiles } from "./wanted-files.ts";

/** What a pull would bring. */
export interface PullPlan extends WantedFiles<RemoteFile> {
  readonly model: ModelName;
  readonly commit: string;
  readonly licence: string | null;
  readonly bytes: number;
}

export interface PullOptions extends LockOptions {
  /** Of all the bytes of the plan, those that are here and right. */
  onProgress?(bytes: number): void;
}

/** Asks the hub; downloads nothing. Throws RoraError as readRepository and wantedFiles do, and `unavailable` in offline mode. */
export async function planPull(
  hub: Hub,
  model: ModelName,
  { dtype, signal }: { readonly dtype: Dtype; readonly signal: AbortSignal },
): Promise<PullPlan> {
  if (hub.offline) {
    throw new RoraError(
      "unavailable",
      "HF_HUB_OFFLINE is set, so nothing is downloaded. Unset it to pull models; those in the cache work as they are.",
    );
  }
  const { commit, licence, files: all } = await readRepository(hub, model, signal);
  const wanted = wantedFiles(all, dtype);
  return { model, commit, licence, ...wanted, bytes: total(wanted.files) };
}

/**
 * Puts the files into the cache; those that are there are checked and stay, damaged ones are downloaded again. The revision points
 * to the new commit only when all of it is there. Returns the bytes that were missing. Throws RoraError.
 */
export async function pull(hub: Hub, plan: PullPlan, options: PullOptions): Promise<number> {
  const { model, commit, files } = plan;
  const repository = repositoryFolder(hub.cache, model.name);
  try {
    return await whileLocked(repository, options, async (signal) => {
      await mkdir(blobPath(repository, ""), { recursive: true });
      const missing = await missingFiles(repository, files, signal);
      await checkSpace(hub, repository, missing);
      let done = plan.bytes - total(missing);
      for (const file of files) {
        const blob = blobPath(repository, file.hash);
        if (missing.includes(file)) {
          const onProgress = (bytes: number) => options.onProgress?.(done + bytes);
          await download({ hub, model, commit, file, blob, signal, onProgress });
          done += file.bytes;
        }
        await linkFile(repository, commit, file.path, file.hash);
      }
      await writeRevision(repository, model.revision ?? DEFAULT_REVISION, commit);
      options.onProgress?.(plan.bytes);
      return total(missing);
    });
  } catch (error) {
    throw writingFault(error);
  }
}

/** Those not here, one of each content; what is here but damaged is removed and counts as missing. */
async function missingFiles(repository: string, files: readonly RemoteFile[], signal: AbortSignal) {
  const missing: RemoteFile[] = [];
  for (const file of new Map(files.map((file) => [file.hash, file])).values()) {
    const blob = blobPath(repository, file.hash);
    const right = await hasHash(blob, file.hash, signal).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    });
    if (right) continue;
    await rm(blob, { force: true });
    missing.push(file);
  }
  return missing;
}

async function checkSpace(hub: Hub, repository: string, missing: readonly RemoteFile[]): Promise<void> {
  const begun = missing.map(({ hash }) =>
    stat(`${blobPath(repository, hash)}.incomplete`).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  const needed = total(missing) - (await Promise.all(begun)).reduce((sum, bytes) => sum + bytes, 0);
  const free = await (hub.freeBytes ?? freeBytes)(dirname(repository));
  if (needed <= free) return;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1e6).toLocaleString("en-US");
  throw new RoraError(
    "unavailable",
    `The model needs ${megabytes(needed)} MB more, but the disk of the model cache has only ${megabytes(free)} MB free. Free some space or set HF_HOME to a folder on another disk.`,
  );
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function total(files: readonly RemoteFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
