import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createPgvectorIndex } from "../../../src/adapters/pgvector/pgvector-index.ts";
import { type Database, openDatabase } from "../../../src/adapters/prisma/database.ts";
import { createKnowledgeStore } from "../../../src/adapters/prisma/knowledge-store.ts";
import { createLedger } from "../../../src/adapters/prisma/ledger.ts";
import { openOnServer } from "../../support/databases.ts";

const unavailable = {
  name: "RoraError",
  code: "unavailable",
  message: expect.stringContaining("DATABASE_URL"),
};

let database: Database | undefined;
let server: Server | undefined;
afterEach(async () => {
  await database?.close();
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  database = server = undefined;
});

async function expectUnavailable(url: string): Promise<void> {
  database = await openDatabase({ url, folder: "" });
  await expect(database.migrate()).rejects.toMatchObject(unavailable);
  await expect(createLedger(database.client).conversation("c", "t")).rejects.toMatchObject(unavailable);
  await expect(
    createLedger(database.client).erasePerson({ tenant: "t", pseudonym: "p" }),
  ).rejects.toMatchObject(unavailable);
  await expect(createKnowledgeStore(database.client).version()).rejects.toMatchObject(unavailable);
  await expect(createPgvectorIndex(database.sql).counts()).rejects.toMatchObject(unavailable);
  const failure: Error = await database.migrate().then(
    () => new Error("none"),
    (error) => error,
  );
  expect(failure.message).not.toContain("hunter2");
}

describe("a database server", () => {
  it("that is not there makes plain faults", () =>
    expectUnavailable("postgresql://rora:hunter2@127.0.0.1:1/rora"));

  it("that accepts and hangs up makes plain faults", async () => {
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await expectUnavailable(`postgresql://rora:hunter2@127.0.0.1:${port}/rora`);
  });
});

const url = process.env.DATABASE_URL;
describe("a real PostgreSQL server", () => {
  if (url === undefined)
    return void it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");

  it("without the database asked for makes plain faults", async () => {
    const missing = new URL(url);
    missing.pathname = "no_such_database";
    await expectUnavailable(missing.href);
  });

  it("is migrated by one of several processes that start at once", async () => {
    const own = await openOnServer(url);
    const [{ name }] = (await own.sql.query<{ name: string }>("select current_database() as name")) as [
      { name: string },
    ];
    await own.sql.maintain("drop schema public cascade; create schema public;");
    const again = new URL(url);
    again.pathname = name;
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: again.href, folder: "" })));
    const applied = await Promise.all(others.map((other) => other.migrate()));
    const names = applied.flat();
    expect(names).toContain("20261123000000_init");
    expect(new Set(names).size).toBe(names.length);
    await Promise.all(others.map((other) => other.close()));
    await own.remove();
  });

  it("whose statement takes too long makes a plain fault, and answers the next one", async () => {
    database = await openDatabase({ url, folder: "" });
    await expect(
      database.sql.transaction(async (inside) => {
        await inside.query("set local statement_timeout = 50");
        await inside.query("select pg_sleep(10) is null as slept");
      }),
    ).rejects.toMatchObject(unavailable);
    expect(await database.sql.query("select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("that drops its connections makes a plain fault, and is reached again by the next statement", async () => {
    const own = await openOnServer(url);
    const ledger = createLedger(own.client);
    const dropped = own.sql.query("select pg_sleep(10) is null as slept");
    const failed = expect(dropped).rejects.toMatchObject(unavailable);
    database = await openDatabase({ url, folder: "" });
    for (let attempt = 0; attempt < 100; attempt++) {
      const rows = await database.sql.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(10)%' and pid <> pg_backend_pid()`,
      );
      if (rows.length > 0) break;
    }
    await failed;
    expect(await ledger.conversation("c", "t")).toBeNull();
    await own.remove();
  });
});
