import type { AssistantEvent } from "../../domain/events.ts";

/** A stream that is begun again, told as if it had never broken off. */
export interface Continuation {
  /** The events come from their beginning again. */
  beginAgain(): void;
  /** What of this event was not told yet; null when all of it was. */
  next(event: AssistantEvent): AssistantEvent | null;
}

/**
 * Words told before are left out. Should the answer be written in other words the second time, no more words are told:
 * `answer-end` has them all.
 */
export function createContinuation(): Continuation {
  const kinds = new Set<AssistantEvent["kind"]>();
  let told = "";
  let words = "";

  function further(text: string): AssistantEvent | null {
    words += text;
    if (words.length <= told.length || !words.startsWith(told)) return null;
    const fresh = words.slice(told.length);
    told = words;
    return { kind: "answer-delta", text: fresh };
  }
  return {
    beginAgain() {
      words = "";
    },
    next(event) {
      if (event.kind === "answer-delta") return further(event.text);
      // Places in the queue change; what was found does not.
      if (event.kind === "queued") return kinds.size === 0 ? event : null;
      if (kinds.has(event.kind)) return null;
      kinds.add(event.kind);
      return event;
    },
  };
}
