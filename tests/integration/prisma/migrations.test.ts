import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeDifference } from "../../../prisma/migrate.ts";
import { applyMigrations } from "../../../src/adapters/prisma/migrations.ts";
import { createPgliteAdapter } from "../../../src/adapters/prisma/pglite.ts";

let folder: string;
let pglite: PGlite;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  await writeFile(join(folder, "migration_lock.toml"), `provider = "postgresql"\n`);
  pglite = await PGlite.create();
});
afterEach(async () => {
  await pglite.close();
  await rm(folder, { recursive: true, force: true });
});

const add = async (name: string, sql: string) => {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "migration.sql"), sql);
};
const apply = () =>
  applyMigrations(
    createPgliteAdapter(pglite),
    { query: async <Row>(text: string) => (await pglite.query<Row>(text)).rows },
    folder,
  );

it("the migrations make exactly what schema.prisma says (if not: npm run migration -- NAME)", async () => {
  expect(await writeDifference()).toBe("");
});

it("migrations are applied once and in order, the new ones later", async () => {
  await add("20260101000000_one", "create table one (id int); create table two (id int);");
  expect(await apply()).toEqual(["20260101000000_one"]);
  expect(await apply()).toEqual([]);
  await add("20260102000000_two", "alter table one add column name text;");
  expect(await apply()).toEqual(["20260102000000_two"]);
  expect((await pglite.query("select id, name from one")).rows).toEqual([]);
});

it("a migration that fails is said to have failed, now and at the next start", async () => {
  await add("20260101000000_bad", "create table one (id int); select no_such_function();");
  await expect(apply()).rejects.toMatchObject({ name: "RoraError", code: "unavailable" });
  await expect(apply()).rejects.toMatchObject({ name: "RoraError", code: "unavailable" });
});

it("a database of a newer version is left alone", async () => {
  await add("20260101000000_one", "create table one (id int);");
  await add("20270101000000_later", "create table later (id int);");
  await apply();
  await rm(join(folder, "20270101000000_later"), { recursive: true });
  await expect(apply()).rejects.toThrow(/newer version of Rora/);
});
