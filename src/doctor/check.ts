/** One finding, and how faults become one. */
import { RoraError } from "../errors.ts";

export interface Check {
  /** `note`: worth knowing, but nothing is broken. */
  readonly state: "ok" | "note" | "broken";
  readonly name: string;
  readonly detail: string;
  readonly advice?: string;
}

/** Says of a secret only that it is there. */
export function secretDetail(value: string | undefined, otherwise: string): string {
  return value === undefined ? `not set: ${otherwise}` : "set (not shown)";
}

/** A RoraError is a finding; its sentence says what to do. */
export async function plainly(name: string, work: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await work();
  } catch (error) {
    const advice = error instanceof RoraError ? error.message : String(error);
    return [{ state: "broken", name, detail: "cannot be used", advice }];
  }
}
