/** How the process ends: on a signal, or with a fault in plain words. */
import { RoraError } from "./errors.ts";

/** Milliseconds within which a second signal is the same one: a terminal and npm both send it on. */
const SAME_SIGNAL = 1_000;

/** Aborts at the first SIGINT or SIGTERM; a later one ends the process at once. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  let first = 0;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (!stopping.signal.aborted) {
        first = Date.now();
        stopping.abort();
        console.error("Stopping: questions under way are finished first. Once more stops at once.");
      } else if (Date.now() - first > SAME_SIGNAL) process.exit(1);
    });
  }
  return stopping.signal;
}

/** Runs the program. A RoraError is shown as its sentence, anything else as what it is; both exit with 1. */
export async function runProgram(work: () => Promise<void>, stop: AbortSignal): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (stop.aborted) return;
    process.exitCode = 1;
    if (error instanceof RoraError) console.error(error.message);
    else console.error("This should not have happened; please report it with the lines below.\n", error);
  }
}
