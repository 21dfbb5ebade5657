/** PostgreSQL inside this process, in a folder. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { RoraError } from "../../errors.ts";
import { lockFolder } from "./folder-lock.ts";

export interface Server {
  readonly adapterFactory: SqlMigrationAwareDriverAdapterFactory;
  /** For migrations and building indices: one connection and no time limit. */
  readonly maintenanceAdapterFactory: SqlMigrationAwareDriverAdapterFactory;
  close(): Promise<void>;
}

/**
 * Prisma's adapter for PGlite, whose `executeScript` does not wait for the script: a failing migration would count as
 * applied and its error would end the process.
 */
export function createPgliteAdapter(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPGlite(pglite);
  const waiting = (database: PGlite, adapter: Awaited<ReturnType<typeof factory.connect>>) =>
    Object.assign(adapter, {
      executeScript: async (script: string) => {
        await database.exec(script);
      },
    });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => waiting(pglite, await factory.connect()),
    connectToShadowDb: async () => {
      const shadow = new PGlite({ extensions: { vector } });
      return waiting(shadow, await new PrismaPGlite(shadow).connect());
    },
  };
}

// `relaxedDurability` would acknowledge before writing: what a person was told is kept must outlive a kill.
const openFolder = (folder: string) =>
  PGlite.create(folder, { extensions: { vector }, relaxedDurability: false });

/** Makes a new database aside and moves it into place, so that one whose making was killed is never opened. */
async function makeFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await (await openFolder(unfinished)).close();
  await rename(unfinished, folder);
}

/** Opens (or makes) the database of a data folder. Throws RoraError `unavailable` when it is in use or broken. */
export async function openPglite(folder: string): Promise<Server> {
  const lock = await lockFolder(folder);
  try {
    const databaseFolder = join(folder, "database");
    if (!existsSync(databaseFolder)) await makeFolder(databaseFolder);
    const pglite = await openFolder(databaseFolder);
    const adapterFactory = createPgliteAdapter(pglite);
    return {
      adapterFactory,
      maintenanceAdapterFactory: adapterFactory,
      async close() {
        await pglite.close();
        await lock.release();
      },
    };
  } catch (cause) {
    await lock.release();
    throw new RoraError(
      "unavailable",
      "The database in the data folder cannot be opened: it may be damaged or made by another version. Restore it from a backup, or move the folder's `database` away to begin anew.",
      { cause },
    );
  }
}
