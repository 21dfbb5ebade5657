/** What goes wrong between a bot and its core, in plain words. */
import { ERROR_CODES, type ErrorCode, RoraError } from "../../errors.ts";

/** The connection failed, broke off or fell silent: perhaps the core was killed, and another one will answer. */
export class ConnectionLost extends Error {}

/** Whether another core, or the same one a moment later, may do better. */
export function isPassing(error: unknown): boolean {
  return error instanceof ConnectionLost || isReported(error);
}

/** A core says that it cannot answer for now, for instance because it is stopping. */
export function isReported(error: unknown): boolean {
  return error instanceof RoraError && error.code === "unavailable" && error.retryAfterSeconds !== undefined;
}

/** RoraErrors stay as they are. */
export function toFault(error: unknown): RoraError {
  if (error instanceof RoraError) return error;
  if (error instanceof ConnectionLost)
    return new RoraError(
      "unavailable",
      "Rora's core cannot be reached. Please ask again in a moment; if it lasts, whoever runs Rora should check CORE_URL and the core.",
      { cause: error, retryAfterSeconds: 10 },
    );
  return noCore(error);
}

/** Something answers there, but no core of this version. */
export function noCore(cause: unknown): RoraError {
  return new RoraError(
    "unavailable",
    "There is no Rora core of this version at CORE_URL. Whoever runs Rora should check the address, and that both have the same version.",
    { cause },
  );
}

/** The fault that a core tells as JSON; null when the text is something else. */
export function readRefusal(text: string): RoraError | null {
  try {
    const { error } = JSON.parse(text) as {
      error: { code: ErrorCode; message: string; retryAfterSeconds?: number };
    };
    if (typeof error.message !== "string") return null;
    const { retryAfterSeconds } = error;
    return new RoraError(
      ERROR_CODES.includes(error.code) ? error.code : "unavailable",
      error.message,
      retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    );
  } catch {
    return null;
  }
}
