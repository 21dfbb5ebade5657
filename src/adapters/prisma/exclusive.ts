/** Work on a shared database that only one process may do at a time. */
import { setTimeout as sleep } from "node:timers/promises";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";

/** The server frees it when the process that holds it dies. */
const LOCK = 72_707_370;
/** Milliseconds between two attempts to get it. */
const TRY_AGAIN = 500;

export interface ExclusiveOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Called once when another process is at it. */
  readonly onWait: () => void;
}

/** `factory` must make connections that stay open while they are idle: the lock belongs to one. */
export async function exclusively<Result>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: () => Promise<Result>,
  { signal, onWait }: ExclusiveOptions,
): Promise<Result> {
  const connection = await factory.connect();
  const tryLock = async () => {
    const sql = `select pg_try_advisory_lock(${LOCK})`;
    const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
    return rows[0]![0] === true;
  };
  try {
    for (let attempt = 1; !(await tryLock()); attempt++) {
      if (attempt === 1) onWait();
      await sleep(TRY_AGAIN, undefined, { signal });
    }
    return await work();
  } finally {
    await connection.dispose();
  }
}
