/** What a form is about, kept in the form itself: a restart between opening and sending it changes nothing. Pure. */

export interface FormTarget {
  /** Conversation it was opened in; null for one opened from nowhere. */
  readonly channel: string | null;
  /** Thread that the answer goes to; null begins one. */
  readonly thread: string | null;
  /** Ids of files that are asked about. */
  readonly files: readonly string[];
  /** Interaction that is gone on with, or that is corrected. */
  readonly interaction: string | null;
}

export const NOWHERE: FormTarget = { channel: null, thread: null, files: [], interaction: null };

export function writeTarget(target: FormTarget): string {
  return JSON.stringify(target);
}

/** Of a form of ours; of anything else, nowhere. */
export function readTarget(text: string): FormTarget {
  try {
    return { ...NOWHERE, ...(JSON.parse(text) as Partial<FormTarget>) };
  } catch {
    return NOWHERE;
  }
}
