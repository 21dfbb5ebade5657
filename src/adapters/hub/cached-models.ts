import { readFile } from "node:fs/promises";
import type { Precision } from "../../domain/model-files.ts";
import {
  cachedCommit,
  cachedCommits,
  cachedFiles,
  cachedNames,
  cachedRevisions,
  hasUnfinished,
  repositoryFolder,
  snapshotFolder,
} from "./cache-layout.ts";
import type { Hub } from "./hub.ts";
import type { ModelName } from "./model-name.ts";
import { precisionsAmong } from "./wanted-files.ts";

export interface CachedModel {
  readonly name: string;
  /** null when so far only parts of files are here. */
  readonly commit: string | null;
  /** Branches and tags that stand for this commit here. */
  readonly revisions: readonly string[];
  /** Of its graphs; none when it is a model for other programs. */
  readonly precisions: readonly Precision[];
  readonly bytes: number;
  /** As its card names it; null when it has no card or names none. */
  readonly licence: string | null;
  /** Whether a download for this model was cut off. */
  readonly unfinished: boolean;
}

/** Every commit of every model in the cache, those of other programs too. */
export async function cachedModels({ cache }: Hub): Promise<CachedModel[]> {
  const names = await cachedNames(cache);
  return (await Promise.all(names.map((name) => cachedModel(cache, name)))).flat();
}

async function cachedModel(cache: string, name: string): Promise<CachedModel[]> {
  const repository = repositoryFolder(cache, name);
  const revisions = await cachedRevisions(repository);
  const unfinished = await hasUnfinished(repository);
  const commits: readonly (string | null)[] = await cachedCommits(repository);
  return Promise.all(
    (commits.length === 0 && unfinished ? [null] : commits).map(async (commit) => {
      const files = commit === null ? [] : await cachedFiles(repository, commit);
      const blobs = new Map(files.map(({ blob, bytes }) => [blob, bytes ?? 0]));
      const card = files.find(({ path }) => path === "README.md");
      return {
        name,
        commit,
        revisions: revisions.filter((revision) => revision.commit === commit).map(({ revision }) => revision),
        precisions: precisionsAmong(new Set(files.map(({ path }) => path))),
        bytes: [...blobs.values()].reduce((sum, bytes) => sum + bytes, 0),
        licence: card === undefined ? null : await licenceIn(card.blob),
        unfinished,
      };
    }),
  );
}

/** Folder of a model in the cache; null when it is not there, at least not as a whole. */
export async function cachedFolder({ cache }: Hub, model: ModelName): Promise<string | null> {
  const repository = repositoryFolder(cache, model.name);
  const commit = await cachedCommit(repository, model);
  return commit === null ? null : snapshotFolder(repository, commit);
}

/** From the lines between `---` at the top of a card. */
async function licenceIn(card: string): Promise<string | null> {
  const text = await readFile(card, "utf8").catch(() => "");
  const [, head = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const value = (key: string) => new RegExp(`^${key}: *["']?([^"'\\n\\r]+)`, "m").exec(head)?.[1]?.trim();
  const licence = value("license");
  return (licence === "other" ? (value("license_name") ?? licence) : licence) ?? null;
}
