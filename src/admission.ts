/** Lets so many questions through at once and so many wait; the others are told to come back. Knows no stage and no platform. */
import { createChannel } from "./channel.ts";
import type { AssistantEvent } from "./domain/events.ts";
import { RoraError } from "./errors.ts";
import type { Assistant } from "./ports.ts";

export interface AdmissionOptions {
  /** Questions answered at the same time. */
  readonly atOnce: number;
  /** Questions that may wait beyond those. */
  readonly queueLimit: number;
  /** Milliseconds, never going back. */
  readonly now?: () => number;
}

export interface Admission extends Assistant {
  /** Refuses new questions from now on; resolves when those running and waiting have ended. */
  drain(): Promise<void>;
}

/** Durations that the estimate of the waiting time rests on: the latest so many. */
const REMEMBERED_DURATIONS = 32;
/** Milliseconds taken for a question before any was answered. */
const FIRST_GUESS = 2_000;

/** One question in the queue. */
interface Waiting {
  /** Tells how many wait in front of it; nothing more comes once it is its turn. */
  readonly places: ReturnType<typeof createChannel<number>>;
  admitted: boolean;
}

/**
 * An assistant in front of another. `queued` events say how many questions wait in front (0: it is the next), each time that
 * changes. Throws RoraError `busy` with the seconds until the queue should be through, `unavailable` when draining.
 */
export function createAdmission(assistant: Assistant, options: AdmissionOptions): Admission {
  const { atOnce, queueLimit, now = () => performance.now() } = options;
  const durations: number[] = [];
  const queue: Waiting[] = [];
  let running = 0;
  let drained: (() => void)[] | null = null;

  const tellPlaces = () => queue.forEach(({ places }, ahead) => void places.push(ahead));

  function admitNext(): void {
    const next = running < atOnce ? queue.shift() : undefined;
    if (next !== undefined) {
      running++;
      next.admitted = true;
      next.places.close();
      tellPlaces();
    }
    if (running === 0 && queue.length === 0) for (const resolve of drained?.splice(0) ?? []) resolve();
  }

  function secondsUntilThrough(): number {
    const mean =
      durations.length === 0
        ? FIRST_GUESS
        : durations.reduce((sum, value) => sum + value, 0) / durations.length;
    return Math.max(1, Math.ceil(((queue.length + running) / atOnce) * (mean / 1000)));
  }

  function refuseIfFull(): void {
    if (drained !== null) {
      throw new RoraError("unavailable", "Rora is stopping. Please ask again in a moment.", {
        retryAfterSeconds: 10,
      });
    }
    if (running >= atOnce && queue.length >= queueLimit) {
      const seconds = secondsUntilThrough();
      const wait = seconds === 1 ? "a second" : `${seconds} seconds`;
      throw new RoraError("busy", `Many people are asking right now. Please try again in ${wait}.`, {
        retryAfterSeconds: seconds,
      });
    }
  }

  /** Waits for a turn, and holds it when it ends normally. */
  async function* awaitTurn(signal: AbortSignal): AsyncGenerator<AssistantEvent> {
    const waiting: Waiting = { places: createChannel(), admitted: false };
    const leave = () => waiting.places.close();
    signal.addEventListener("abort", leave, { once: true });
    queue.push(waiting);
    waiting.places.push(queue.length - 1);
    let held = false;
    try {
      for await (const ahead of waiting.places.items) {
        if (!waiting.admitted && !signal.aborted) yield { kind: "queued", ahead };
      }
      signal.throwIfAborted();
      held = true;
    } finally {
      signal.removeEventListener("abort", leave);
      if (!held) giveUp(waiting);
    }
  }

  function giveUp(waiting: Waiting): void {
    if (waiting.admitted) {
      running--;
      admitNext();
      return;
    }
    queue.splice(queue.indexOf(waiting), 1);
    tellPlaces();
    admitNext();
  }

  return {
    async *ask(question, { signal }) {
      signal.throwIfAborted();
      refuseIfFull();
      if (running < atOnce) running++;
      else yield* awaitTurn(signal);
      const begun = now();
      try {
        yield* assistant.ask(question, { signal });
        durations.push(now() - begun);
        if (durations.length > REMEMBERED_DURATIONS) durations.shift();
      } finally {
        running--;
        admitNext();
      }
    },

    drain() {
      drained ??= [];
      return new Promise((resolve) => {
        drained!.push(resolve);
        admitNext();
      });
    },
  };
}
