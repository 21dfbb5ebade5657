import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { type Database, openDatabase } from "../../src/adapters/prisma/database.ts";

export interface TestDatabase extends Database {
  /** Closes it and removes all it kept. */
  remove(): Promise<void>;
}

const opened = new Map<string, Promise<TestDatabase>>();

function shared(kind: string, open: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const database = opened.get(kind) ?? open();
  opened.set(kind, database);
  return database;
}

afterAll(async () => {
  for (const database of opened.values()) await (await database).remove();
});

async function sayWhich(database: Database): Promise<void> {
  const [row] = await database.sql.query<{ version: string }>("select version() as version");
  console.info(`on ${row!.version.replace(/ on .*/, "")} (${database.kind})`);
}

/** An embedded database of its own in a new folder, migrated. */
export async function openEmbedded(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  const database = await openDatabase({ folder });
  await database.migrate();
  await sayWhich(database);
  return {
    ...database,
    async remove() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server at `url`, migrated. */
export async function openOnServer(url: string): Promise<TestDatabase> {
  const administrator = await openDatabase({ url, folder: "" });
  const name = `rora_test_${randomUUID().replaceAll("-", "")}`;
  await administrator.sql.maintain(`create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  const database = await openDatabase({ url: own.href, folder: "" });
  await database.migrate();
  await sayWhich(database);
  return {
    ...database,
    async remove() {
      await database.close();
      await administrator.sql.maintain(`drop database ${name} with (force)`);
      await administrator.close();
    },
  };
}

/**
 * Runs a suite on the embedded database and, when DATABASE_URL is set, on that server too. Each opens once a file,
 * and is removed when the file is done.
 */
export function describeOnEachDatabase(port: string, suite: (open: () => Promise<Database>) => void): void {
  describe(`${port} on PGlite`, () => suite(() => shared("embedded", openEmbedded)));
  const url = process.env.DATABASE_URL;
  describe(`${port} on PostgreSQL`, () => {
    if (url !== undefined) suite(() => shared("server", () => openOnServer(url)));
    else it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");
  });
}
