/** The migrations folder of the project, as Prisma's schema engine reads it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm";
import { RoraError } from "../../errors.ts";
import type { SqlStatements } from "../../ports.ts";
import { openSchemaEngine } from "./schema-engine.ts";

export const MIGRATIONS_FOLDER: string = fileURLToPath(
  new URL("../../../prisma/migrations", import.meta.url),
);

/** Nothing is left out of a comparison: the index's own tables are in another schema, which Prisma does not look at. */
export const WHOLE_SCHEMA: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Reads a migrations folder, oldest first. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: folder,
    lockfile: {
      path: "./migration_lock.toml",
      content: await readFile(join(folder, "migration_lock.toml"), "utf8").catch(() => null),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

/** Names of migrations that are finished; none where Prisma's table does not exist yet. */
async function appliedMigrations(sql: SqlStatements): Promise<Set<string>> {
  const [table] = await sql.query<{ found: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as found`,
  );
  if (!table?.found) return new Set();
  const rows = await sql.query<{ name: string }>(
    `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
  );
  return new Set(rows.map((row) => row.name));
}

/**
 * Applies what is not applied yet and keeps Prisma's own record of it, so that `prisma migrate deploy` agrees.
 * Loads the engine only when there is something to do. Returns the names applied.
 * Throws RoraError `unavailable` when a migration fails or when the database is newer than this program.
 */
export async function applyMigrations(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  sql: SqlStatements,
  folder: string = MIGRATIONS_FOLDER,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const known = migrations.migrationDirectories.map((directory) => directory.path);
  const applied = await appliedMigrations(sql);
  if ([...applied].some((name) => !known.includes(name))) {
    throw new RoraError(
      "unavailable",
      "The database was last used by a newer version of Rora: start that version, or restore a backup from before it.",
    );
  }
  if (known.every((name) => applied.has(name))) return [];
  const connections: { dispose(): Promise<void> }[] = [];
  const engine = await openSchemaEngine({
    provider: adapterFactory.provider,
    adapterName: adapterFactory.adapterName,
    connectToShadowDb: () => adapterFactory.connectToShadowDb(),
    async connect() {
      const adapter = await adapterFactory.connect();
      connections.push(adapter);
      return adapter;
    },
  });
  try {
    const result = await engine.applyMigrations({ migrationsList: migrations, filters: WHOLE_SCHEMA });
    return result.appliedMigrationNames;
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The database could not be brought up to date; the log has the reason. Nothing is answered until that is mended.",
      { cause },
    );
  } finally {
    engine.free();
    // The engine leaves its connection open, and with it the lock that keeps other processes from migrating.
    await Promise.all(connections.map((connection) => connection.dispose()));
  }
}
