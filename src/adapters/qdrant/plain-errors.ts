/** Qdrant's failures as sentences that say what to do. None of them holds the key or an address. */
import { QdrantClientResourceExhaustedError, QdrantClientTimeoutError } from "@qdrant/js-client-rest";
import { BrokenCircuitError } from "cockatiel";
import { RoraError } from "../../errors.ts";

/** Seconds after which asking again makes sense: by then the circuit breaker lets a call through. */
const RETRY_AFTER = 10;

/** HTTP status of a refusal; the client's error class lives in a package that is not ours to import. */
export function statusOf(error: unknown): number | null {
  const status = error instanceof Error && "status" in error ? error.status : null;
  return typeof status === "number" ? status : null;
}

/** Whether the same call may well succeed in a moment: no connection, too many requests, or a server in trouble. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== null) return status === 429 || status >= 500;
  // `fetch` throws a TypeError when there is no connection.
  return error instanceof TypeError || error instanceof QdrantClientResourceExhaustedError;
}

export function isTimeout(error: unknown): boolean {
  return error instanceof QdrantClientTimeoutError;
}

/** RoraError `unavailable` with what to do about `cause`; a RoraError stays as it is. */
export function plainError(cause: unknown): RoraError {
  if (cause instanceof RoraError) return cause;
  const status = statusOf(cause);
  if (status === 401 || status === 403) {
    return new RoraError(
      "unavailable",
      "Qdrant refuses access. Set QDRANT_API_KEY to a key it accepts that may also write, then start again.",
      { cause },
    );
  }
  if (status === 404) {
    return new RoraError(
      "unavailable",
      "Qdrant has lost a collection of the index. Build it again with `rora ingest atlas --rebuild`.",
      { cause },
    );
  }
  if (isPassing(cause) || isTimeout(cause) || cause instanceof BrokenCircuitError) {
    return new RoraError(
      "unavailable",
      "Qdrant does not answer. Check that it runs and that QDRANT_URL leads to it, then try again.",
      { cause, retryAfterSeconds: RETRY_AFTER },
    );
  }
  if (status !== null) {
    return new RoraError("unavailable", "Qdrant refused a request as wrong. Its reason stands in the log.", {
      cause,
    });
  }
  return new RoraError(
    "unavailable",
    "What answers at QDRANT_URL does not answer like Qdrant. Check the address, and any proxy in between.",
    { cause },
  );
}
