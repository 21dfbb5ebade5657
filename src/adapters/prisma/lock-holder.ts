/** Who holds a data folder, and whether they still live. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Longest a living holder leaves its lock file untouched. */
const SILENCE_MILLISECONDS = 60_000;

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start of the process in clock ticks since boot; null where the system does not say. Tells a reused pid apart. */
  readonly processStart: string | null;
  /** ISO time, for people. */
  readonly since: string;
  readonly token: string;
}

/** Field 22 of /proc/PID/stat, counted after the program's name, which may itself hold blanks and brackets. */
function processStart(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8");
    return fields.slice(fields.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** This process as a holder. */
export function thisHolder(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    since: new Date().toISOString(),
    token: randomUUID(),
  };
}

/** What a lock file says; null when it is not one of ours. */
export function parseHolder(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder?.pid === "number" && typeof holder.host === "string" ? holder : null;
  } catch {
    return null;
  }
}

/** Whether the holder is gone. `touchedAt`: milliseconds; all there is to go by for a holder on another host. */
export function isGone(holder: Holder, touchedAt: number): boolean {
  // Another container on the same volume: its processes cannot be seen from here.
  if (holder.host !== hostname()) return Date.now() - touchedAt > SILENCE_MILLISECONDS;
  if (!isRunning(holder.pid)) return true;
  const start = processStart(holder.pid);
  return start !== null && holder.processStart !== null && start !== holder.processStart;
}

/** The holder in words: "process 123 since …". */
export function describeHolder(holder: Holder): string {
  if (holder.host !== hostname())
    return `a process on the machine or container ${holder.host} since ${holder.since}`;
  if (holder.pid === process.pid) return `this very process (${holder.pid}) since ${holder.since}`;
  return `process ${holder.pid} since ${holder.since}`;
}
