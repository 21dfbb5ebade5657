/**
 * Hugging Face's cache on disk, as its Python library lays it out, so that both use the same downloads:
 * `models--owner--name/blobs/HASH`, `…/snapshots/COMMIT/PATH` (links to blobs), `…/refs/REVISION` (a commit).
 */
import { mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { getRepoFolderName, REGEX_COMMIT_HASH } from "@huggingface/hub";
import { DEFAULT_REVISION, type ModelName } from "./model-name.ts";

export interface CachedFile {
  /** In the repository: `onnx/vision_encoder.onnx`. */
  readonly path: string;
  /** Where its content lies: the blob it links to, or itself where something made a file of it. */
  readonly blob: string;
  /** null when the content is gone. */
  readonly bytes: number | null;
}

export function repositoryFolder(cache: string, name: string): string {
  return join(cache, getRepoFolderName({ name, type: "model" }));
}

/** `owner/name` of each model in the cache. */
export async function cachedNames(cache: string): Promise<string[]> {
  const folders = await readdir(cache).catch(() => []);
  return folders.flatMap((folder) => /^models--(.+)$/.exec(folder)?.[1]?.replace("--", "/") ?? []).sort();
}

export function blobPath(repository: string, hash: string): string {
  return join(repository, "blobs", hash);
}

export function snapshotFolder(repository: string, commit: string): string {
  return join(repository, "snapshots", commit);
}

/** The commit that a revision stands for here; null when it was never downloaded. */
export async function cachedCommit(
  repository: string,
  { revision = DEFAULT_REVISION }: ModelName,
): Promise<string | null> {
  const commit = REGEX_COMMIT_HASH.test(revision)
    ? revision
    : await readFile(join(repository, "refs", revision), "utf8").catch(() => null);
  const there = commit !== null && (await cachedCommits(repository)).includes(commit);
  return there ? commit : null;
}

export async function cachedCommits(repository: string): Promise<string[]> {
  return (await readdir(join(repository, "snapshots")).catch(() => [])).filter((name) =>
    REGEX_COMMIT_HASH.test(name),
  );
}

/** Every revision by name, with its commit. */
export async function cachedRevisions(
  repository: string,
): Promise<{ readonly revision: string; readonly commit: string }[]> {
  const folder = join(repository, "refs");
  return Promise.all(
    (await filesBelow(folder)).map(async (revision) => ({
      revision: revision.split(sep).join("/"),
      commit: await readFile(join(folder, revision), "utf8"),
    })),
  );
}

/** The files of a snapshot, sorted by path; those whose blob is gone are among them. */
export async function cachedFiles(repository: string, commit: string): Promise<CachedFile[]> {
  const folder = snapshotFolder(repository, commit);
  return Promise.all(
    (await filesBelow(folder)).sort().map(async (name) => {
      const file = join(folder, name);
      // One step only: a blob may itself be a link into a store that several machines share.
      const blob = await readlink(file).then(
        (target) => resolve(dirname(file), target),
        () => file,
      );
      const bytes = await stat(blob).then(
        ({ size }) => size,
        () => null,
      );
      return { path: name.split(sep).join("/"), blob, bytes };
    }),
  );
}

/** Makes a file of a snapshot a relative link to its blob, as the cache may be moved; one that is right already stays. */
export async function linkFile(
  repository: string,
  commit: string,
  path: string,
  hash: string,
): Promise<void> {
  const file = join(snapshotFolder(repository, commit), path);
  const target = relative(dirname(file), blobPath(repository, hash));
  if ((await readlink(file).catch(() => null)) === target) return;
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await symlink(target, file);
}

export async function writeRevision(repository: string, revision: string, commit: string): Promise<void> {
  if (REGEX_COMMIT_HASH.test(revision)) return;
  const file = join(repository, "refs", revision);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, commit);
}

/** Whether a download into this repository was cut off and can go on. */
export async function hasUnfinished(repository: string): Promise<boolean> {
  const blobs = await readdir(join(repository, "blobs")).catch(() => []);
  return blobs.some((name) => basename(name).endsWith(".incomplete"));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
