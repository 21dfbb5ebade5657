/** The codes of DESIGN.md's HTTP interface; bots word them for their platform. */
export const ERROR_CODES = [
  "image-missing",
  "image-unreadable",
  "image-too-large",
  "question-missing",
  "question-too-long",
  "bad-request",
  "rate-limited",
  "busy",
  "not-found",
  "unauthorized",
  "unavailable",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Base of every fault a person may be shown. `message` is a plain sentence that says what to do next
 * and never holds a secret, a path or a stack; the log has `cause`.
 */
export class RoraError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which trying again makes sense, if it does. */
  readonly retryAfterSeconds?: number;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "RoraError";
    this.code = code;
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
