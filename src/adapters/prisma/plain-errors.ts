/** Turns what goes wrong between Rora and its database into faults a person may be shown. */
import { RoraError } from "../../errors.ts";

/** Prisma's codes for a database that is unreachable, refuses, is too busy or went away. */
const PRISMA_CODES = /^(P1000|P1001|P1002|P1003|P1008|P1010|P1011|P1017|P2024|P2028|P2037)$/;
/** PostgreSQL's SQLSTATEs for the same: connection faults, too many connections, cancelled statements, shutdown. */
const SQL_STATES = /^(08...|28...|3D000|53...|57...|58...)$/;
/** Kinds the driver adapters give faults that have neither. */
const ADAPTER_KINDS =
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError|AuthenticationFailed|DatabaseAccessDenied|DatabaseDoesNotExist)$/;
/** The PostgreSQL driver's own time limits throw errors that have only words. */
const DRIVER_WORDS = /Query read timeout|timeout exceeded when trying to connect|Connection terminated/;

function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, cause, meta, name } = error as Record<string, unknown>;
  if (name === "PrismaClientInitializationError") return true;
  if (typeof code === "string" && (PRISMA_CODES.test(code) || SQL_STATES.test(code))) return true;
  if (typeof originalCode === "string" && SQL_STATES.test(originalCode)) return true;
  if (typeof kind === "string" && ADAPTER_KINDS.test(kind)) return true;
  if (typeof message === "string" && DRIVER_WORDS.test(message)) return true;
  const driverAdapterError = (meta as Record<string, unknown> | undefined)?.driverAdapterError;
  return isUnavailable(cause, depth + 1) || isUnavailable(driverAdapterError, depth + 1);
}

/** The fault as RoraError `unavailable` when the database is at fault; itself otherwise. */
function plainError(error: unknown): unknown {
  if (error instanceof RoraError || !isUnavailable(error)) return error;
  return new RoraError(
    "unavailable",
    "The database does not answer. Try again in a moment; if it lasts, whoever runs Rora should check DATABASE_URL and the database server.",
    { cause: error, retryAfterSeconds: 5 },
  );
}

/** The same functions, with their faults made plain. */
export function withPlainErrors<Store extends object>(store: Store): Store {
  const plain = Object.entries(store).map(([name, method]) => [
    name,
    async (...parameters: unknown[]) => {
      try {
        return await method(...parameters);
      } catch (error) {
        throw plainError(error);
      }
    },
  ]);
  return Object.fromEntries(plain);
}
