/** Events → what is shown meanwhile. Pure. */
import type { AssistantEvent } from "../../src/domain/events.ts";
import { cutAtSentence } from "../chat/sentences.ts";
import { safeText } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

/** Characters of a half-written answer that are shown. */
const SHOWN = 1200;

export interface Progress {
  /** Text so far of the answer; empty before it begins. */
  readonly written: string;
  /** What the message shows; null when an event changes nothing. */
  readonly shown: string | null;
}

export function progressAfter(written: string, event: AssistantEvent, texts: Texts): Progress {
  switch (event.kind) {
    case "queued":
      return { written, shown: texts.queued(event.ahead) };
    case "image-read":
      return { written, shown: texts.looking };
    case "entities-found": {
      const names = [...new Set(event.entities.map(({ entity }) => safeText(entity.title.slice(0, 80))))];
      return {
        written,
        shown: names.length === 0 ? texts.thinking : texts.found(names.slice(0, 2).join(", ")),
      };
    }
    case "answer-start":
      return { written, shown: texts.writing };
    case "answer-delta": {
      const text = written + event.text;
      const safe = safeText(text);
      return { written: text, shown: safe === "" ? null : `${cutAtSentence(safe, SHOWN).text} …` };
    }
    case "evidence-chosen":
    case "answer-end":
      return { written, shown: null };
  }
}
