/** Brings the database's tables up to date. */
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { RoraError } from "../../errors.ts";
import type { SqlExecutor, SqlStatements } from "../../ports.ts";
import { MIGRATIONS_FOLDER, readMigrations, WHOLE_SCHEMA } from "./migration-files.ts";
import { openSchemaEngine } from "./schema-engine.ts";

/** The lock Prisma's engine takes while it migrates. */
const ENGINE_LOCK = 72_707_369;

interface MigrationState {
  readonly finished: Set<string>;
  /** Begun and never finished: it failed, or its process was killed. */
  readonly unfinished: number;
}

async function readState(sql: SqlStatements): Promise<MigrationState> {
  const [table] = await sql.query<{ found: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as found`,
  );
  if (!table?.found) return { finished: new Set(), unfinished: 0 };
  const rows = await sql.query<{ name: string; finished: boolean }>(
    `select migration_name as name, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null`,
  );
  const finished = rows.filter((row) => row.finished).map((row) => row.name);
  return { finished: new Set(finished), unfinished: rows.length - finished.length };
}

/**
 * Lets unfinished migrations be tried again. A migration is one script and so all or nothing: what did not finish
 * has left nothing behind. Waits for a process that may be at it right now.
 */
async function forgetUnfinished(sql: Pick<SqlExecutor, "transaction">): Promise<void> {
  await sql.transaction(async (inside) => {
    await inside.query(`select pg_advisory_xact_lock($1::bigint) is null as locked`, [ENGINE_LOCK]);
    await inside.query(
      `update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null returning id`,
    );
  });
}

/** The factory, watched: which connections it made, and what went wrong in a script (the engine tells only a number). */
function watched(factory: SqlMigrationAwareDriverAdapterFactory) {
  const connections: { dispose(): Promise<void> }[] = [];
  const faults: unknown[] = [];
  const watchedFactory: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      connections.push(adapter);
      const execute = adapter.executeScript.bind(adapter);
      return Object.assign(adapter, {
        executeScript: (script: string) =>
          execute(script).catch((fault) => {
            faults.push(fault);
            throw fault;
          }),
      });
    },
  };
  return { factory: watchedFactory, connections, faults };
}

/**
 * Applies what is not applied yet and keeps Prisma's own record of it, so that `prisma migrate deploy` agrees.
 * Loads the engine only when there is something to do. Returns the names applied.
 * Throws RoraError `unavailable` when a migration fails or when the database is newer than this program.
 */
export async function applyMigrations(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  sql: Pick<SqlExecutor, "query" | "transaction">,
  folder: string = MIGRATIONS_FOLDER,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const known = migrations.migrationDirectories.map((directory) => directory.path);
  const { finished, unfinished } = await readState(sql);
  if ([...finished].some((name) => !known.includes(name))) {
    throw new RoraError(
      "unavailable",
      "The database was last used by a newer version of Rora: start that version, or restore a backup from before it.",
    );
  }
  if (known.every((name) => finished.has(name))) return [];
  if (unfinished > 0) await forgetUnfinished(sql);
  const { factory, connections, faults } = watched(adapterFactory);
  const engine = await openSchemaEngine(factory);
  try {
    const result = await engine.applyMigrations({ migrationsList: migrations, filters: WHOLE_SCHEMA });
    return result.appliedMigrationNames;
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The database could not be brought up to date and is as it was before; the log has the reason.",
      { cause: faults.at(-1) ?? cause },
    );
  } finally {
    engine.free();
    // The engine leaves its connection open, and with it the lock that keeps other processes from migrating.
    await Promise.all(connections.map((connection) => connection.dispose()));
  }
}
