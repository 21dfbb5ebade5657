/**
 * An Assistant that plays a fixed scene, for tests of the transport and the page only: it emits the sequence of
 * events the real one emits. Words in the question choose the course: "busy", "unreadable", "break", "abstain", "slow", "shout",
 * "at length".
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Entity, EntityImage, Passage } from "../../src/domain/knowledge.ts";
import type { Question } from "../../src/domain/question.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { RoraError } from "../../src/errors.ts";
import type { Assistant } from "../../src/ports.ts";
import { scriptedKnowledge } from "./scripted-knowledge.ts";

export interface ScriptedAssistant extends Assistant {
  readonly questions: Question[];
  /** Questions whose signal was aborted. */
  readonly aborted: string[];
}

const answerText = "People in Chad pay with the Central African CFA franc.";
/** Longer than any message. */
const longExplanation = Array.from({ length: 300 }, (_, index) => ` Reason ${index} is a good one.`).join("");
/** What a passage could smuggle into an answer. */
const shouting = "@everyone <@1> <!channel> [free Central money](https://evil.example) https://evil.example";

/** `pause` is the wait before each event in milliseconds. */
export function createScriptedAssistant(options: {
  readonly pause?: number;
  readonly onReply?: (question: Question, reply: Reply) => void;
}): ScriptedAssistant {
  const questions: Question[] = [];
  const aborted: string[] = [];
  return {
    questions,
    aborted,
    async *ask(question, { signal }) {
      questions.push(question);
      if (question.text.includes("busy")) {
        throw new RoraError("busy", "Many people are asking right now. Please try again in a few seconds.", {
          retryAfterSeconds: 7,
        });
      }
      if (question.text.includes("unreadable")) {
        throw new RoraError(
          "image-unreadable",
          "This file is not a picture Rora can read. Please use JPEG or PNG.",
        );
      }
      const pause = question.text.includes("slow") ? 60_000 : (options.pause ?? 0);
      const reply = question.text.includes("abstain") ? abstention(question) : answer(question);
      try {
        for (const event of script(question, reply)) {
          await sleep(pause, undefined, { signal });
          if (question.text.includes("break") && event.kind === "answer-delta")
            throw new Error("secret detail");
          if (event.kind === "answer-end") options.onReply?.(question, reply);
          yield event;
        }
      } catch (error) {
        if (signal.aborted) aborted.push(question.text);
        throw error;
      }
    },
  };
}

function* script(question: Question, reply: Reply): Generator<AssistantEvent> {
  yield { kind: "queued", ahead: 0 };
  if (question.image) yield { kind: "image-read", width: 1200, height: 800, notices: reply.notices };
  const similarities = [0.91, 0.9, 0.74, 0.61];
  yield {
    kind: "entities-found",
    entities: scriptedKnowledge.map(({ entity, images }, index) => ({
      entity,
      entityImage: images[0]!,
      similarity: similarities[index] ?? null,
    })),
  };
  yield { kind: "evidence-chosen", evidence: reply.evidence };
  yield { kind: "answer-start" };
  for (const text of reply.text.match(/\S+\s*/g) ?? []) yield { kind: "answer-delta", text };
  yield { kind: "answer-end", reply };
}

function evidence(label: number, relevance: number, similarity: number): Evidence {
  const record = scriptedKnowledge[label - 1]!;
  const [entity, entityImage, passage]: [Entity, EntityImage, Passage] = [
    record.entity,
    record.images[0]!,
    record.passages[0]!,
  ];
  return {
    label,
    relevance,
    entity,
    entityImage,
    passage,
    recovered: false,
    scores: {
      image: similarity,
      margin: 0.01,
      imageRank: label,
      text: 0.52,
      lexical: 0.3,
      fused: 0.033,
      patch: 0.6,
    },
  };
}

function base(question: Question) {
  const rows = 8;
  const columns = 12;
  const scores = Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return Math.exp(-((row - 3.2) ** 2 + (column - 6) ** 2) / 9) - 0.1;
  });
  const kept = scores.flatMap((score, index) => (score > 0.2 ? [index] : []));
  const evidences = [evidence(1, 0.86, 0.91), evidence(2, 0.41, 0.9), evidence(3, 0.06, 0.74)];
  return {
    interactionId: question.id,
    conversation: question.conversation ?? crypto.randomUUID(),
    evidence: evidences,
    candidates: evidences,
    relevanceMap: question.image ? { rows, columns, scores, kept } : null,
    visualTokens: { query: { total: 96, kept: kept.length }, retrieved: { total: 288, kept: 60 } },
    notices: question.text.includes("animated")
      ? [{ kind: "animated" as const, text: "This picture moves; only its first frame was looked at." }]
      : [],
    models: { encoder: "scripted", answer: "scripted", critic: "scripted", knowledge: "scripted" },
    timings: {
      decode: 4,
      encode: 60,
      entities: 3,
      passages: 6,
      critic: 1,
      refine: 2,
      generate: 300,
      total: 376,
    },
  };
}

function answer(question: Question): Reply {
  const more = question.text.includes("at length") ? longExplanation : "";
  const text = question.text.includes("shout") ? shouting : answerText + more;
  const citations = [{ label: 1, start: text.indexOf("Central"), end: text.length - 1 }];
  return { ...base(question), kind: "answer", text, confidence: 0.82, citations };
}

function abstention(question: Question): Reply {
  const text = "Nothing that is known fits this picture well enough. A closer view of the flag would help.";
  return {
    ...base(question),
    kind: "abstention",
    reason: "nothing-relevant",
    text,
    confidence: 0.2,
    citations: [],
  };
}
