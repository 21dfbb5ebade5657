/** Asking a server that may be overloaded, restarting or gone. */
import { setTimeout as sleep } from "node:timers/promises";
import { ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import { RoraError } from "../../errors.ts";
import { isPassing, isServerFault, retryAfter } from "./faults.ts";

export interface AttemptOptions {
  /** Attempts in all. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, on average; doubled before each further one. */
  readonly pause?: number;
  /** Longest that a person is kept waiting for another attempt, in milliseconds; with a longer Retry-After they are told instead. */
  readonly longestPause?: number;
  /** Failures in a row after which the server is left alone. */
  readonly failures?: number;
  /** Milliseconds for which it is left alone; then one question tries it. */
  readonly rest?: number;
  /** 0…1. */
  readonly random?: () => number;
}

export type Attempt = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/**
 * Tries work that may be repeated. An aborted signal ends the pauses at once with its reason. Throws what the last attempt
 * threw, or RoraError `unavailable` while the server is left alone.
 */
export function createAttempts(options: AttemptOptions = {}): Attempt {
  const { attempts = 3, pause = 500, longestPause = 15_000, random = Math.random } = options;
  const { failures = 5, rest = 10_000 } = options;
  const breaker = circuitBreaker(handleWhen(isServerFault), {
    halfOpenAfter: rest,
    breaker: new ConsecutiveBreaker(failures),
  });

  return async (work, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await breaker.execute(work);
      } catch (error) {
        if (isBrokenCircuitError(error)) throw leftAlone(rest, error);
        const asked = retryAfter(error);
        const wait = asked === undefined ? pause * 2 ** (attempt - 1) * (0.5 + random()) : 1000 * asked;
        if (attempt === attempts || !isPassing(error) || wait > longestPause) throw error;
        await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  };
}

function leftAlone(rest: number, cause: unknown): RoraError {
  return new RoraError(
    "unavailable",
    "The answering model's server failed several times in a row and is left alone for a moment. Please ask again soon.",
    { cause, retryAfterSeconds: rest / 1000 },
  );
}
