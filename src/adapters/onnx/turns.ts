import type { LimitFunction } from "p-limit";

/**
 * Waits for a turn and returns the function that ends it. Who is aborted while waiting gets the signal's reason at once and
 * gives the turn on when it comes.
 */
export function acquire(limit: LimitFunction, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    signal.addEventListener("abort", abandon, { once: true });
    void limit(
      () =>
        new Promise<void>((release) => {
          signal.removeEventListener("abort", abandon);
          if (signal.aborted) {
            reject(signal.reason);
            release();
          } else resolve(release);
        }),
    );
  });
}
