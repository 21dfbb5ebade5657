/** One process at a time changes a model in the cache. */
import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { RoraError } from "../../errors.ts";

/** Milliseconds after which a holder that no longer touches its lock counts as gone. */
const STALE = 10_000;
/** Milliseconds between two looks at a lock that is held. */
const PATIENCE = 250;

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Told once when another process has it. */
  readonly onWait?: (() => void) | undefined;
}

/** Does the work while nobody else may, waiting for them first. The work's signal also ends it when the lock is lost. */
export async function whileLocked<Result>(
  repository: string,
  { signal, onWait }: LockOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lockfilePath = join(dirname(repository), ".locks", basename(repository), "rora.lock");
  await mkdir(dirname(lockfilePath), { recursive: true });
  const lost = new AbortController();
  const onCompromised = (cause: Error) =>
    lost.abort(
      new RoraError("unavailable", "Another process has taken over this model. Try again.", { cause }),
    );
  const take = () =>
    lock(repository, { lockfilePath, realpath: false, stale: STALE, onCompromised }).catch((error) => {
      if (error.code === "ELOCKED") return null;
      throw error;
    });
  let release = await take();
  if (release === null) onWait?.();
  while (release === null) {
    await sleep(PATIENCE, undefined, { signal });
    release = await take();
  }
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    // One that was lost is not ours to release.
    if (!lost.signal.aborted) await release();
  }
}
