/** Faults → status and JSON. People see a plain sentence; the cause goes to the log only. */
import { HTTPException } from "hono/http-exception";
import { type ErrorCode, RoraError } from "../../src/errors.ts";
import type { ErrorJson } from "./schemas.ts";

const statusOfCode = {
  "image-missing": 400,
  "image-unreadable": 422,
  "image-too-large": 413,
  "question-missing": 400,
  "question-too-long": 400,
  "bad-request": 400,
  "rate-limited": 429,
  busy: 503,
  "not-found": 404,
  unauthorized: 401,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** Seconds to wait where the thrower named none. */
const defaultRetryAfterSeconds = 5;

export interface Failure {
  readonly status: 400 | 401 | 404 | 413 | 422 | 429 | 500 | 503;
  readonly headers: Record<string, string>;
  readonly body: ErrorJson;
  /** True for a fault of ours or of what we stand on, to be logged with its cause. */
  readonly unexpected: boolean;
}

/** What a client is told of any thrown value. `interactionId` is what a person can quote when asking for help. */
export function renderFailure(error: unknown, interactionId?: string): Failure {
  const known = toRoraError(error);
  const fault =
    known ?? new RoraError("unavailable", "Something went wrong on our side. Please try again in a moment.");
  const { code, message } = fault;
  const retries = code === "busy" || code === "rate-limited";
  const seconds = fault.retryAfterSeconds ?? (retries ? defaultRetryAfterSeconds : undefined);
  return {
    status: known ? statusOfCode[code] : 500,
    headers: seconds === undefined ? {} : { "Retry-After": String(Math.max(1, Math.ceil(seconds))) },
    body: {
      error: {
        code,
        message,
        ...(interactionId === undefined ? {} : { interactionId }),
        ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
      },
    },
    unexpected: known === null || (code === "unavailable" && known.cause !== undefined),
  };
}

function toRoraError(error: unknown): RoraError | null {
  if (error instanceof RoraError) return error;
  // Hono's own refusals (malformed bodies and the like) are the client's doing.
  if (error instanceof HTTPException && error.status < 500) {
    return new RoraError("bad-request", "This request could not be understood.", { cause: error });
  }
  return null;
}
