import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeDifference } from "../../../prisma/migrate.ts";
import { openDatabase } from "../../../src/adapters/prisma/database.ts";
import { applyMigrations } from "../../../src/adapters/prisma/migrations.ts";
import { createPgliteAdapter } from "../../../src/adapters/prisma/pglite.ts";
import { openPostgresql } from "../../../src/adapters/prisma/postgresql.ts";
import type { SqlExecutor } from "../../../src/ports.ts";

it("the migrations make exactly what schema.prisma says (if not: npm run migration -- NAME)", async () => {
  expect(await writeDifference()).toBe("");
});

type Opened = { apply(folder: string): Promise<string[]>; sql: SqlExecutor; close(): Promise<void> };

async function openOnPglite(): Promise<Opened> {
  const pglite = await PGlite.create();
  const query = async <Row>(text: string, parameters: readonly unknown[] = []) =>
    (await pglite.query<Row>(text, [...parameters])).rows;
  const sql: SqlExecutor = {
    query,
    transaction: (work) => work({ query }),
    maintain: async (text) => void (await pglite.exec(text)),
  };
  return {
    sql,
    apply: (folder) => applyMigrations(createPgliteAdapter(pglite), sql, folder),
    close: () => pglite.close(),
  };
}

async function openOnPostgresql(url: string): Promise<Opened> {
  const administrator = await openDatabase({ url, folder: "" });
  const name = `rora_test_migrations_${process.pid}`;
  await administrator.sql.maintain(`create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  const database = await openDatabase({ url: own.href, folder: "" });
  return {
    sql: database.sql,
    apply: (folder) =>
      applyMigrations(openPostgresql(own.href).maintenanceAdapterFactory, database.sql, folder),
    async close() {
      await database.close();
      await administrator.sql.maintain(`drop database ${name} with (force)`);
      await administrator.close();
    },
  };
}

function migrationSuite(open: () => Promise<Opened>): void {
  let opened: Opened;
  let folder: string;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await opened.sql.maintain("drop schema public cascade; create schema public;");
    folder = await mkdtemp(join(tmpdir(), "rora-test-"));
    await writeFile(join(folder, "migration_lock.toml"), `provider = "postgresql"\n`);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, sql: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "migration.sql"), sql);
  };
  const apply = () => opened.apply(folder);

  it("are applied once and in order, the new ones later", async () => {
    await write("20260101000000_one", "create table one (id int); create table two (id int);");
    expect(await apply()).toEqual(["20260101000000_one"]);
    expect(await apply()).toEqual([]);
    await write("20260102000000_two", "alter table one add column name text;");
    expect(await apply()).toEqual(["20260102000000_two"]);
    expect(await opened.sql.query("select id, name from one")).toEqual([]);
  });

  it("may hold functions", async () => {
    await write(
      "20260101000000_f",
      "create function f() returns int language plpgsql as $$ begin return 7; end; $$; create table one (id int);",
    );
    await apply();
    expect(await opened.sql.query("select f() as seven")).toEqual([{ seven: 7 }]);
  });

  it("that fail leave nothing behind, say why, and are tried again once mended", async () => {
    const name = "20260101000000_bad";
    await write(name, "create table one (id int); select no_such_function();");
    for (const _ of [1, 2]) {
      await expect(apply()).rejects.toMatchObject({
        name: "RoraError",
        code: "unavailable",
        cause: { message: expect.stringContaining("no_such_function") },
      });
    }
    await write(name, "create table one (id int);");
    expect(await apply()).toEqual([name]);
  });

  it("whose process was killed on the way are tried again", async () => {
    await write("20260101000000_one", "create table one (id int);");
    await apply();
    await write("20260102000000_two", "create table two (id int);");
    await opened.sql.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at) values ('x', 'x', '20260102000000_two', now()) returning id`,
    );
    expect(await apply()).toEqual(["20260102000000_two"]);
    expect(await apply()).toEqual([]);
  });

  it("of a newer version are left alone", async () => {
    await write("20260101000000_one", "create table one (id int);");
    await write("20270101000000_later", "create table later (id int);");
    await apply();
    await rm(join(folder, "20270101000000_later"), { recursive: true });
    await expect(apply()).rejects.toThrow(/newer version of Rora/);
  });
}

describe("migrations on PGlite", () => migrationSuite(openOnPglite));

const url = process.env.DATABASE_URL;
describe("migrations on PostgreSQL", () => {
  if (url !== undefined) migrationSuite(() => openOnPostgresql(url));
  else it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");
});
