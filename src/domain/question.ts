import type { QueryImage } from "./image.ts";
import type { Tenant } from "./knowledge.ts";

/** Who asks, as far as Rora needs to know: a pseudonym, never a name. */
export interface Asker {
  readonly tenant: Tenant;
  /** Stable pseudonym within the tenant (a keyed hash of the platform's id). */
  readonly pseudonym: string;
}

export interface Question {
  /** Interaction id; the caller makes it (UUID) so that a retried question is answered once. */
  readonly id: string;
  readonly text: string;
  /** Left out in a follow-up and in a lookup by text alone. */
  readonly image?: QueryImage;
  /** Conversation id; a new one is begun when left out. */
  readonly conversation?: string;
  readonly asker: Asker;
  /** Where it was asked. */
  readonly platform: "web" | "discord" | "slack" | "cli";
  /** Unique id of the platform's event; the same event twice is answered once. */
  readonly platformEventId?: string;
}

/**
 * Milliseconds for which a question belongs to the process that accepted it, unless that says again that it is still at it.
 * After that the process counts as dead, and another one may take the question over.
 */
export const HOLD_MILLISECONDS = 10_000;

/** What earlier turns left behind. */
export interface Conversation {
  readonly id: string;
  readonly tenant: Tenant;
  /** Hash of the picture the conversation is about, if any. */
  readonly imageSha256: string | null;
  /** Entity the last answer rested on, if any. */
  readonly entityId: string | null;
  readonly turns: number;
}
