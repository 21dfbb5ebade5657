import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  blobPath,
  cachedCommit,
  cachedCommits,
  cachedFiles,
  cachedRevisions,
  repositoryFolder,
  snapshotFolder,
} from "./cache-layout.ts";
import { notHere } from "./faults.ts";
import type { Hub } from "./hub.ts";
import type { ModelName } from "./model-name.ts";
import { type LockOptions, whileLocked } from "./repository-lock.ts";

/**
 * Deletes a model with all its revisions; with a revision named, that one alone and what no other shares with it. Returns the bytes
 * freed. Throws RoraError `not-found`.
 */
export async function remove(hub: Hub, model: ModelName, options: LockOptions): Promise<number> {
  const repository = repositoryFolder(hub.cache, model.name);
  if ((await stat(repository).catch(() => null)) === null) throw notHere(model);
  return whileLocked(repository, options, async () => {
    const before = await blobBytes(repository);
    if (model.revision === undefined) {
      await rm(repository, { recursive: true });
      return before;
    }
    const commit = await cachedCommit(repository, model);
    if (commit === null) throw notHere(model);
    await removeCommit(repository, commit);
    return before - (await blobBytes(repository));
  });
}

async function removeCommit(repository: string, commit: string): Promise<void> {
  const others = (await cachedCommits(repository)).filter((other) => other !== commit);
  if (others.length === 0) return rm(repository, { recursive: true });
  const removed = await cachedFiles(repository, commit);
  const kept = (await Promise.all(others.map((other) => cachedFiles(repository, other)))).flat();
  const shared = new Set(kept.map(({ blob }) => blob));
  // The names go first: a reader never finds one that leads nowhere.
  for (const { revision, commit: target } of await cachedRevisions(repository))
    if (target === commit) await rm(join(repository, "refs", revision));
  await rm(snapshotFolder(repository, commit), { recursive: true });
  for (const { blob } of removed)
    if (!shared.has(blob)) await rm(blobPath(repository, basename(blob)), { force: true });
}

async function blobBytes(repository: string): Promise<number> {
  const folder = blobPath(repository, "");
  const blobs = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(blobs.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
