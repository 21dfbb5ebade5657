/** A PostgreSQL server reached by DATABASE_URL. */
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Server } from "./pglite.ts";

/** Longest wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** Longest a statement may run on the server, in milliseconds; the client gives up a little later, should the server hang. */
const STATEMENT_TIMEOUT = 20_000;
const CLIENT_TIMEOUT = 25_000;
const CONNECTIONS = 10;

/**
 * Prisma's adapter cuts scripts at every semicolon, also within function bodies, and runs the pieces one by one; the
 * server itself reads a script whole, as one transaction.
 */
function withWholeScripts(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      return Object.assign(adapter, {
        executeScript: async (script: string) => {
          await adapter.underlyingDriver().query(script);
        },
      });
    },
  };
}

/** Connects lazily: an unreachable server shows at the first statement. */
export function openPostgresql(url: string): Server {
  const connection = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT, keepAlive: true };
  return {
    adapterFactory: new PrismaPg({
      ...connection,
      max: CONNECTIONS,
      statement_timeout: STATEMENT_TIMEOUT,
      query_timeout: CLIENT_TIMEOUT,
    }),
    // Advisory locks belong to a connection, so it must have only one, and keep it while it is idle.
    maintenanceAdapterFactory: withWholeScripts(
      new PrismaPg({ ...connection, max: 1, idleTimeoutMillis: 0 }),
    ),
    close: async () => {},
  };
}
