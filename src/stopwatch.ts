import type { Timings } from "./domain/reply.ts";

type Stage = Exclude<keyof Timings, "total">;

export interface Stopwatch {
  /** Runs work and adds its milliseconds to a stage. */
  time<Result>(stage: Stage, work: () => Promise<Result> | Result): Promise<Result>;
  timings(): Timings;
}

/** Milliseconds per stage, on a clock that never goes back. */
export function startStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const begun = now();
  const spent = { decode: 0, encode: 0, entities: 0, passages: 0, critic: 0, refine: 0, generate: 0 };
  return {
    async time(stage, work) {
      const start = now();
      try {
        return await work();
      } finally {
        spent[stage] += now() - start;
      }
    },
    timings: () => {
      const rounded = Object.fromEntries(
        Object.entries(spent).map(([stage, value]) => [stage, round(value)]),
      );
      return { ...(rounded as typeof spent), total: round(now() - begun) };
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
