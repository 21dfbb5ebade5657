/** The migrations folder of the project, as Prisma's schema engine reads it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm";

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
