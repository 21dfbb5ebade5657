/** What of a model's output so far is an answer, in the form the answering stage reads: `[2] Central African CFA franc`. */
import { Allow, parse } from "partial-json";
import type { AnswerForm } from "../../domain/instructions.ts";

const THOUGHT_START = "<think>";
const THOUGHT_END = "</think>";
/** A JSON object, alone or in a code fence. */
const OBJECT = /^(?:```\w*\s*)?(\{[\s\S]*)$/;

/**
 * Pure in the whole output, so that it does not matter where the server cuts it; for a longer output the result only
 * grows. Thoughts are left out. A model that was asked for JSON and writes plain words is taken at its words.
 */
export function visibleText(output: string, form: AnswerForm): string {
  const spoken = withoutThoughts(output.trimStart());
  if (form === "labelled") return spoken;
  const object = OBJECT.exec(spoken)?.[1];
  if (object !== undefined) return labelledText(object);
  return spoken.startsWith("`") ? "" : spoken;
}

/** Some models think aloud first. What could still become the start of a thought waits. */
function withoutThoughts(text: string): string {
  if (THOUGHT_START.startsWith(text)) return "";
  if (!text.startsWith(THOUGHT_START)) return text;
  const end = text.indexOf(THOUGHT_END);
  return end === -1 ? "" : text.slice(end + THOUGHT_END.length).trimStart();
}

/** `{"source": 2, "answer": "Central Afr` → `[2] Central Afr`. Nothing before the source is known. */
function labelledText(json: string): string {
  const { source, answer } = readSoFar(json);
  if (source === 0) return "[0]";
  if (typeof answer !== "string" || typeof source !== "number") return "";
  // Half of a surrogate pair is no character yet.
  return `[${source}] ${answer.replace(/[\uD800-\uDBFF]$/, "")}`;
}

/** Unfinished strings count, unfinished numbers do not: 1 may become 12. */
function readSoFar(json: string): { readonly source?: unknown; readonly answer?: unknown } {
  try {
    return parse(json, Allow.OBJ | Allow.STR);
  } catch {
    return {};
  }
}
