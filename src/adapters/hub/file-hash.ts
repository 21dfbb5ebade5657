/** Hashes under which the hub, and its cache on disk, know a file. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

/** SHA-256 (64 digits) of what git keeps elsewhere (LFS), or git's own SHA-1 (40 digits) of what it keeps itself. */
export function isFileHash(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Whether a file's content has the hash. Throws the system's error when it cannot be read, and the signal's reason. */
export async function hasHash(file: string, expected: string, signal: AbortSignal): Promise<boolean> {
  const hash = createHash(expected.length === 40 ? "sha1" : "sha256");
  if (expected.length === 40) hash.update(`blob ${(await stat(file)).size}\0`);
  for await (const chunk of createReadStream(file, { signal })) hash.update(chunk);
  return hash.digest("hex") === expected;
}
