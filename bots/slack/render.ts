/** Reply → message. Pure: no request, no store; pictures come in as ids of uploaded files. */
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { alternatives, citedEvidence } from "../chat/choices.ts";
import { noticeInWords, replyInWords } from "../chat/core-words.ts";
import { carryingSentence, cutAtSentence } from "../chat/sentences.ts";
import { context, picture, section } from "./blocks.ts";
import { answerButtons } from "./buttons.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import { type Cut, safeLink, safeText, safeWithin } from "./safe-text.ts";
import type { Block } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

export interface Rendering {
  readonly texts: Texts;
  /** Uploaded picture of an entity, by the entity's id; left out for those without. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Further lines for the reader, such as that some pictures were left out. */
  readonly remarks: readonly string[];
}

/** Characters of the answer that are shown before it is cut; the rest is behind a button. */
const ANSWER_CHARACTERS = 2_800;
const SENTENCE_CHARACTERS = 500;
const ALTERNATIVE_CHARACTERS = 300;
const SMALL_CHARACTERS = 1_900;

const atSentence: Cut = (text, length) => cutAtSentence(text, length).text;

/** Fits every limit of Slack, whatever the reply. */
export function renderReply(reply: Reply, { texts, pictures, remarks }: Rendering): MessageBody {
  // Slack takes no empty text.
  const words = replyInWords(reply, texts);
  const answer = safeWithin(words, ANSWER_CHARACTERS, atSentence) || "…";
  const whole = safeText(words).length <= ANSWER_CHARACTERS;
  const cards = citedEvidence(reply);
  const small = [
    sureness(reply, cards, texts),
    ...otherTitles(reply, cards, texts),
    ...reply.notices.map((notice) => safeWithin(noticeInWords(notice, texts), 500)),
    ...remarks,
  ];
  return {
    text: answer.slice(0, LIMITS.text),
    blocks: [
      section(answer),
      ...cards.map((item) => card(item, reply, pictures.get(item.entity.id))),
      context(linesWithin(small, SMALL_CHARACTERS)),
      ...answerButtons(reply.interactionId, { cut: !whole, texts }),
    ],
  };
}

/** As many of the lines as fit; a line is not cut, for it may end in a link. */
function linesWithin(lines: readonly string[], limit: number): string {
  return lines.reduce((all, line) => (all.length + line.length < limit ? `${all}\n${line}` : all));
}

/** Title with its link and the sentence that carries the answer, beside how the entity looks. */
function card(item: Evidence, reply: Reply, fileId: string | undefined): Block {
  const title = safeLink(item.entity.title, item.entity.url);
  const sentence = safeWithin(
    carryingSentence(item.passage.text, reply.text),
    SENTENCE_CHARACTERS,
    atSentence,
  );
  const alt = (item.entityImage?.alt ?? item.entity.title).slice(0, ALTERNATIVE_CHARACTERS);
  return section(`*${title}*\n${sentence}`, fileId === undefined ? undefined : picture(fileId, alt));
}

/** How sure it is, and where what it says stands. */
function sureness({ confidence }: Reply, cards: readonly Evidence[], texts: Texts): string {
  const sure = texts.relevance(Math.round(confidence * 100));
  const sources = cards.map(({ passage }) => safeLink(passage.source.slice(0, 80), passage.url));
  const distinct = [...new Set(sources)];
  return distinct.length === 0 ? sure : `${sure} · ${texts.sources(distinct.join(", "))}`;
}

/** Other things it could be, in one line; none or one. */
function otherTitles(reply: Reply, cards: readonly Evidence[], texts: Texts): string[] {
  const titles = alternatives(reply, cards).map((title) => safeWithin(title, 80));
  return titles.length === 0 ? [] : [texts.others(titles.join(", "))];
}
