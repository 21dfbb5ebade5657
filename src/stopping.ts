/** How the process ends: on a signal, or with a fault in plain words. */
import { startedByNpm } from "./config.ts";
import { RoraError } from "./errors.ts";

/** Milliseconds within which a second signal is the same one: a terminal and npm both send it on. */
const SAME_SIGNAL = 1_000;

/** How often it is looked whether npm is still there, in milliseconds. */
const NPM_CHECK = 500;

/** Aborts at the first SIGINT or SIGTERM, or when the npm that started this is gone; a later signal ends the process at once. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  let first = 0;
  const stop = () => {
    if (!stopping.signal.aborted) {
      first = Date.now();
      stopping.abort();
      console.error("Stopping: questions under way are finished first. Once more stops at once.");
    } else if (Date.now() - first > SAME_SIGNAL) process.exit(1);
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
  if (startedByNpm()) stopWithParent(stop);
  return stopping.signal;
}

/** npm tells only the shell between it and us to stop, and that dies without passing it on: what is left is a new parent. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    stop();
  }, NPM_CHECK);
  check.unref();
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
