/** Does work for the latest value, at most once in an interval: a message that fills in without flooding the platform. */
import { setTimeout as sleep } from "node:timers/promises";

export interface LatestOnly<Value> {
  /** Work for this value, unless a later one comes first. */
  offer(value: Value): void;
  /** Forgets what still waits; resolves when nothing runs any more. */
  settle(): Promise<void>;
}

/** `work` must not reject. The first value is worked on at once. */
export function createLatestOnly<Value>(
  work: (value: Value) => Promise<void>,
  milliseconds: number,
): LatestOnly<Value> {
  let waiting: { readonly value: Value } | null = null;
  let running: Promise<void> | null = null;
  const settled = new AbortController();

  async function run(): Promise<void> {
    while (waiting !== null) {
      const { value } = waiting;
      waiting = null;
      await work(value);
      await sleep(milliseconds, undefined, { signal: settled.signal }).catch(() => {});
    }
    running = null;
  }
  return {
    offer(value) {
      if (settled.signal.aborted) return;
      waiting = { value };
      running ??= run();
    },
    async settle() {
      waiting = null;
      settled.abort();
      await running;
    },
  };
}
