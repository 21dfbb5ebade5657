import { RoraError } from "../../errors.ts";

/** Ends a request when its asker goes, or when the server is silent for too long. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** From now on the server may be silent for so long; then the signal is aborted with RoraError `unavailable`. */
  allow(seconds: number): void;
  end(): void;
}

export function createDeadline(asker: AbortSignal): Deadline {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearTimeout(timer);
  return {
    signal: AbortSignal.any([asker, silence.signal]),
    allow(seconds) {
      end();
      timer = setTimeout(() => silence.abort(silentFor(seconds)), 1000 * seconds);
    },
    end,
  };
}

function silentFor(seconds: number): RoraError {
  return new RoraError(
    "unavailable",
    `The answering model's server was silent for ${seconds} seconds. Ask again; if it stays so, look at its log or allow it more time (VLM_FIRST_WORD_SECONDS, VLM_IDLE_SECONDS).`,
  );
}
