/**
 * Keeps a second process out of a data folder: PGlite itself does not notice one, and two writers destroy the database.
 * The lock is a file that says who holds it; one left behind by a killed process is taken over.
 */
import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RoraError } from "../../errors.ts";
import { describeHolder, isGone, parseHolder, thisHolder } from "./lock-holder.ts";

/** Well under the silence after which a holder on another host counts as gone. */
const HEARTBEAT_MILLISECONDS = 10_000;
const ATTEMPTS = 5;

export interface FolderLock {
  release(): Promise<void>;
}

/** Makes the file with its whole text at once, or returns false when there is one. */
async function createWhole(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text);
    await link(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    // A file system without hard links: nearly as good.
    return await writeFile(file, text, { flag: "wx" }).then(
      () => true,
      () => false,
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Puts `text` in the place of a stale lock. The right to do so is itself a lock, named after the very text it replaces:
 * whoever comes late with the same stale text in hand finds another one in its place, and leaves it alone.
 */
async function replaceStale(file: string, staleText: string, text: string): Promise<boolean> {
  const claim = `${file}.${createHash("sha256").update(staleText).digest("hex").slice(0, 16)}`;
  await take(claim, text);
  try {
    if ((await readFile(file, "utf8").catch(() => null)) !== staleText) return false;
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, text);
    await rename(draft, file);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

async function take(file: string, text: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await createWhole(file, text)) return;
    const found = await Promise.all([readFile(file, "utf8"), stat(file)]).catch(() => null);
    if (found === null) continue;
    const [otherText, { mtimeMs }] = found;
    const other = parseHolder(otherText);
    if (other !== null && !isGone(other, mtimeMs)) {
      throw new RoraError(
        "unavailable",
        `The data folder is already in use by ${describeHolder(other)}. Stop that one first, give this one a data folder of its own, or set DATABASE_URL so that both use a PostgreSQL server.`,
      );
    }
    if (await replaceStale(file, otherText, text)) return;
  }
  throw new RoraError(
    "unavailable",
    "The data folder is being opened by several processes at once: try again.",
  );
}

/** Takes the folder, which is made if need be. Throws RoraError `unavailable` that names the process holding it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, "rora.lock");
  const text = JSON.stringify(thisHolder());
  try {
    await mkdir(folder, { recursive: true });
    await take(file, text);
  } catch (cause) {
    if (cause instanceof RoraError) throw cause;
    throw new RoraError(
      "unavailable",
      "The data folder cannot be written to: check its owner, its rights and the free space.",
      { cause },
    );
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MILLISECONDS);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      if ((await readFile(file, "utf8").catch(() => null)) === text) await rm(file, { force: true });
    },
  };
}
