/** A model as the hub keeps it: files by commit, small ones in git, graphs beside it (LFS). */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export type Files = Readonly<Record<string, Buffer>>;

export interface LoopbackModel {
  /** Branch or tag → commit. */
  revisions: Record<string, string>;
  /** Commit → path → content. */
  readonly commits: Record<string, Files>;
  card: Record<string, unknown>;
  /** Who asks without it hears 401; with another one, 403. */
  token?: string;
}

export const firstCommit = "1".repeat(40);
export const secondCommit = "2".repeat(40);

/** Of what LFS keeps. */
export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Of what git keeps. */
export function gitHash(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

export function isLarge(path: string): boolean {
  return /\.onnx(_data)?/.test(path);
}

/** One commit, on `main`, with a card that names a licence. */
export function modelOf(files: Files): LoopbackModel {
  return { revisions: { main: firstCommit }, commits: { [firstCommit]: files }, card: { license: "mit" } };
}

/** The files of a model folder, and a card. */
export async function filesOf(folder: string): Promise<Files> {
  const names = ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"];
  const graphs = (await readdir(join(folder, "onnx"))).map((name) => `onnx/${name}`);
  const files = await Promise.all(
    [...names, ...graphs].map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  const card = Buffer.from("---\nlicense: mit\ntags:\n- flags\n---\n# A model\n");
  return { ...Object.fromEntries(files), "README.md": card, "make.py": Buffer.from("print()\n") };
}

/** What `/api/models/:name/tree` says of a file. */
export function treeEntry(path: string, content: Buffer) {
  const entry = { type: "file", path, size: content.length };
  if (!isLarge(path)) return { ...entry, oid: gitHash(content) };
  const pointer = Buffer.from(`oid sha256:${sha256(content)}`);
  return {
    ...entry,
    oid: gitHash(pointer),
    lfs: { oid: sha256(content), size: content.length, pointerSize: pointer.length },
  };
}
