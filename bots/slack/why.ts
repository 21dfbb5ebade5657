/** What an answer rests on: the picture with what mattered in it, the evidence with scores, what was rejected. Pure. */
import type { JudgedCandidate } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { cutAtSentence } from "../chat/sentences.ts";
import { plain, section } from "./blocks.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import { safeText, safeWithin } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

const MOST_REJECTED = 5;
const PASSAGE_CHARACTERS = 220;
/** Sections of the list; with their texts, all stays within what a message takes. */
const MOST_LISTED = 15;

/** `overlay` is the id of the uploaded relevance map over the picture; null where there is none. */
export function renderWhy(reply: Reply, overlay: string | null, texts: Texts): MessageBody {
  const cited = new Set(reply.citations.map(({ label }) => label));
  const used = new Set(reply.evidence.map(({ passage }) => passage.id));
  const line = (item: JudgedCandidate, state: string) =>
    section(
      `*${state} · ${safeWithin(item.entity.title, 120)}* · ${scoresOf(item, texts)}\n${safeWithin(
        item.passage.text,
        PASSAGE_CHARACTERS,
        (text, length) => cutAtSentence(text, length).text,
      )}`,
    );
  const rejected = reply.candidates.filter(({ passage }) => !used.has(passage.id)).slice(0, MOST_REJECTED);
  const listed = [
    ...reply.evidence.map((item) => line(item, cited.has(item.label) ? texts.cited : texts.used)),
    ...rejected.map((item) => line(item, texts.rejected)),
  ];
  return {
    text: texts.whyTitle,
    blocks: [
      { type: "header", text: plain(texts.whyTitle, LIMITS.header) },
      ...(overlay === null
        ? []
        : [{ type: "image" as const, slack_file: { id: overlay }, alt_text: texts.overlayAlt }]),
      ...(reply.evidence.length === 0 ? [section(safeText(texts.noEvidence))] : []),
      ...listed.slice(0, MOST_LISTED),
    ],
  };
}

function scoresOf({ relevance, scores }: JudgedCandidate, texts: Texts): string {
  const image = scores.image === null ? null : Math.round(scores.image * 100);
  return texts.scores(Math.round(relevance * 100), image);
}
