/** How many answers are written at the same time; the others wait their turn. */
import pLimit, { type LimitFunction } from "p-limit";
import type { AnswerModel } from "./ports.ts";

/** The same model, writing at most `concurrency` answers at a time, in the order in which they were asked for. */
export function takingTurns(model: AnswerModel, concurrency: number): AnswerModel {
  const limit = pLimit(concurrency);
  return {
    id: model.id,
    async *generate(messages, options) {
      const release = await acquire(limit, options.signal);
      try {
        yield* model.generate(messages, options);
      } finally {
        release();
      }
    },
  };
}

/**
 * Waits for a turn and returns the function that ends it. Who is aborted while waiting gets the signal's reason at once and
 * gives the turn on when it comes.
 */
function acquire(limit: LimitFunction, signal: AbortSignal): Promise<() => void> {
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
