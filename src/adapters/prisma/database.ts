/** The database Rora keeps everything in but vectors: embedded in a folder, or a PostgreSQL server. */
import { PrismaClient } from "../../generated/prisma/client.ts";
import type { SqlExecutor, SqlStatements } from "../../ports.ts";
import { type ExclusiveOptions, exclusively } from "./exclusive.ts";
import { applyMigrations } from "./migrations.ts";
import { openPglite, type Server } from "./pglite.ts";
import { withPlainErrors } from "./plain-errors.ts";
import { openPostgresql } from "./postgresql.ts";

/** Milliseconds. The embedded database has one connection: under load a transaction waits for those before it. */
const TRANSACTION_LIMITS = { maxWait: 15_000, timeout: 30_000 };

export interface Database {
  readonly client: PrismaClient;
  readonly sql: SqlExecutor;
  /** `embedded` or `server`, for people and logs. */
  readonly kind: "embedded" | "server";
  /** Brings the tables up to date; returns the names of the migrations applied. */
  migrate(): Promise<string[]>;
  /** Does work that no other process at this database does at the same time, so that it is done once. */
  exclusively<Result>(work: () => Promise<Result>, options: ExclusiveOptions): Promise<Result>;
  close(): Promise<void>;
}

function statementsOf(raw: Pick<PrismaClient, "$queryRawUnsafe">): SqlStatements {
  return {
    query: (text, parameters = []) => raw.$queryRawUnsafe(text, ...parameters),
  };
}

function createSql(client: PrismaClient, server: Server): SqlExecutor {
  return withPlainErrors<SqlExecutor>({
    ...statementsOf(client),
    transaction: (work) => client.$transaction((raw) => work(statementsOf(raw))),
    async maintain(text) {
      const adapter = await server.maintenanceAdapterFactory.connect();
      try {
        await adapter.executeScript(text);
      } finally {
        await adapter.dispose();
      }
    },
  });
}

/**
 * Opens the PostgreSQL server at `url`, or else the embedded database in `folder` (made if need be).
 * Throws RoraError `unavailable` when the folder is held by another process, or cannot be used.
 */
export async function openDatabase(options: { url?: string | undefined; folder: string }): Promise<Database> {
  const server = options.url === undefined ? await openPglite(options.folder) : openPostgresql(options.url);
  const client = new PrismaClient({ adapter: server.adapterFactory, transactionOptions: TRANSACTION_LIMITS });
  const sql = createSql(client, server);
  return {
    client,
    sql,
    kind: options.url === undefined ? "embedded" : "server",
    migrate: () => applyMigrations(server.maintenanceAdapterFactory, sql),
    // The embedded database is this process's alone.
    exclusively: (work, waiting) =>
      options.url === undefined ? work() : exclusively(server.maintenanceAdapterFactory, work, waiting),
    async close() {
      await client.$disconnect();
      await server.close();
    },
  };
}
