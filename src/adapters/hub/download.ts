import { createWriteStream } from "node:fs";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { RoraError } from "../../errors.ts";
import { statusFault } from "./faults.ts";
import { hasHash } from "./file-hash.ts";
import type { Hub } from "./hub.ts";
import type { ModelName } from "./model-name.ts";
import { type RemoteFile, requestFile } from "./repository.ts";

export interface DownloadOptions {
  readonly hub: Hub;
  readonly model: ModelName;
  readonly commit: string;
  readonly file: RemoteFile;
  /** Where the file is put once it is whole; until then its beginning lies beside it as `.incomplete`. */
  readonly blob: string;
  readonly signal: AbortSignal;
  /** Bytes of the file that are here. */
  onProgress(bytes: number): void;
}

/** What the other end does wrong with a file: it is not worth keeping. */
class DamagedError extends Error {}

/**
 * Downloads one file, going on where an earlier attempt was cut off; a connection that breaks is opened again as long as each
 * brings something. By hand, because the library's download neither resumes nor checks what it got. Throws RoraError: when the
 * content is not what the hub said, it is removed; otherwise the next attempt goes on from here.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { file, blob, signal } = options;
  const partial = `${blob}.incomplete`;
  try {
    await writeFile(partial, "", { flag: "a" });
    await fetchAll(options, partial);
    if (!(await hasHash(partial, file.hash, signal))) throw new DamagedError();
    await rename(partial, blob);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DamagedError)) throw error;
    await rm(partial, { force: true });
    throw new RoraError(
      "unavailable",
      `What came for ${file.path} is not what the hub announced, so it was thrown away. Pull again; if it happens twice, a proxy may change downloads, or the hub's copy is damaged.`,
    );
  }
}

async function fetchAll(options: DownloadOptions, partial: string): Promise<void> {
  const { file, onProgress } = options;
  const here = async () => (await stat(partial)).size;
  let bytes = await here();
  while (bytes < file.bytes) {
    onProgress(bytes);
    const broken = await fetchRest(options, partial, bytes);
    const before = bytes;
    bytes = await here();
    if (bytes > before) continue;
    // An end that is no break: there is no more than this.
    throw broken === undefined ? new DamagedError() : brokenOff(file, bytes, broken);
  }
  if (bytes > file.bytes) throw new DamagedError();
  onProgress(bytes);
}

/** Appends what comes from `start` on, or begins anew where the server does not do ranges. Returns how the connection broke. */
async function fetchRest(options: DownloadOptions, partial: string, start: number): Promise<unknown> {
  const { hub, model, commit, file, signal } = options;
  const response = await requestFile(hub, { ...model, revision: commit }, file.path, { start, signal });
  // Nothing lies beyond: the file is shorter than it should be.
  if (response.status === 416) throw new DamagedError();
  if (!response.ok || response.body === null) throw statusFault(hub, model, response.status);
  const appending = response.status === 206;
  let broken: unknown;
  const chunks = received(response.body, appending ? start : 0, options, (error) => (broken = error));
  await pipeline(chunks, createWriteStream(partial, { flags: appending ? "a" : "w" }));
  signal.throwIfAborted();
  return broken;
}

/** What comes until the end or a break, which is told apart from faults of writing. More than announced is not waited for. */
async function* received(
  body: ReadableStream<Uint8Array>,
  start: number,
  { file, onProgress }: DownloadOptions,
  onBreak: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let bytes = start;
  try {
    for (;;) {
      const chunk = await reader.read().catch(onBreak);
      if (!chunk?.value) return;
      bytes += chunk.value.length;
      if (bytes > file.bytes) throw new DamagedError();
      yield chunk.value;
      onProgress(bytes);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function brokenOff(file: RemoteFile, bytes: number, cause: unknown): RoraError {
  return new RoraError(
    "unavailable",
    `The download of ${file.path} broke off after ${bytes} of ${file.bytes} bytes. Pull again: it goes on from there.`,
    { cause },
  );
}
