import type { Tenant } from "./knowledge.ts";

/** A question asked in a chat, and the message that answers it. Ids are the platform's; people are not in it. */
export interface Post {
  readonly interactionId: string;
  readonly platform: "discord" | "slack";
  /** The platform's id of the event that asked; the same event twice is one question. */
  readonly eventId: string;
  readonly tenant: Tenant;
  /** Channel, thread or direct conversation that the answer stands in. */
  readonly channel: string;
  /** Message that asked; null for a command, which leaves none. */
  readonly questionMessage: string | null;
  /** Message that shows progress and then the answer; null until there is one. */
  readonly answerMessage: string | null;
  /** Conversation the answer belongs to; null until there is an answer. */
  readonly conversation: string | null;
}
