/** Events and replies as text for a terminal. Pure. */
import type { AssistantEvent } from "../domain/events.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { Reply } from "../domain/reply.ts";

/** Other entities named below an answer. */
const MOST_ALTERNATIVES = 3;

/** What a person may want to know of an event on the way. */
export function renderProgress(event: AssistantEvent): string[] {
  switch (event.kind) {
    case "queued":
      return [`Waiting: ${event.ahead} in front.`];
    case "image-read":
      return [
        `Looking at the picture (${event.width} × ${event.height}).`,
        ...event.notices.map(({ text }) => text),
      ];
    case "entities-found":
      return [
        `Found: ${event.entities.map(({ entity, similarity }) => entity.title + (similarity === null ? "" : ` ${similarity.toFixed(2)}`)).join(", ") || "nothing that I know"}.`,
      ];
    case "evidence-chosen":
      return event.evidence.map(
        ({ label, entity, passage }) => `Reading [${label}] ${entity.title}: ${passage.section}.`,
      );
    case "answer-start":
    case "answer-delta":
    case "answer-end":
      return [];
  }
}

/** The answer, what it rests on, and what else it could have been. */
export function renderReply(reply: Reply): string {
  const cited = reply.citations.flatMap(
    ({ label }) => reply.evidence.find((item) => item.label === label) ?? [],
  );
  const sources = cited.flatMap((item) => ["", ...renderSource(item, reply.text)]);
  const others = alternatives(reply, cited);
  const look = others.length === 0 ? [] : ["", `Otherwise: ${others.join(", ")}`];
  return [reply.text, ...sources, ...look].join("\n");
}

function renderSource({ entity, passage, relevance }: Evidence, answer: string): string[] {
  return [
    `${entity.title} (${percent(relevance)} sure) · ${passage.section}`,
    `“${sentenceWith(answer, passage.text)}”`,
    `${passage.url} · ${passage.source}`,
  ];
}

function alternatives({ candidates }: Reply, cited: readonly Evidence[]): string[] {
  const seen = new Set(cited.map(({ entity }) => entity.id));
  return candidates
    .filter(({ entity }) => !seen.has(entity.id) && seen.add(entity.id))
    .slice(0, MOST_ALTERNATIVES)
    .map(({ entity, relevance }) => `${entity.title} (${percent(relevance)})`);
}

/** The sentence of a passage that shares most words with the answer. */
export function sentenceWith(answer: string, passage: string): string {
  const wanted = new Set(wordsOf(answer));
  const sentences = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(passage)].map(
    ({ segment }) => segment.trim(),
  );
  const shared = (sentence: string) => wordsOf(sentence).filter((word) => wanted.has(word)).length;
  return sentences.reduce(
    (best, sentence) => (shared(sentence) > shared(best) ? sentence : best),
    sentences[0] ?? "",
  );
}

/** The reply as JSON, without the bytes of pictures. */
export function renderReplyJson(reply: Reply): string {
  return JSON.stringify(reply, (_key, value) => (value instanceof Uint8Array ? undefined : value), 2);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}
