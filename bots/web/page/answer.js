// @ts-check
/** The reply: words with citation marks, how sure it is, what else it might be, and the cards it rests on. */
import { element, sourceLink } from "./elements.js";
import { findSentence } from "./sentence.js";
import { percent, sureness } from "./words.js";

/** @typedef {import("../schemas.ts").ReplyJson} Reply */
/** @typedef {import("../schemas.ts").EvidenceJson} Evidence */

const shownAlternatives = 3;

/** Answer text with a mark after each cited part. @param {Reply} reply */
export function renderWords(reply) {
  const paragraph = element("p", { class: "words" });
  let position = 0;
  for (const { label, start, end } of [...reply.citations].sort((a, b) => a.end - b.end)) {
    if (start >= position) {
      paragraph.append(reply.text.slice(position, start));
      paragraph.append(element("span", { class: "cited" }, reply.text.slice(start, end)));
      position = end;
    }
    const mark = element(
      "a",
      { href: `#${cardId(reply, label)}`, "aria-label": `Source ${label}` },
      `[${label}]`,
    );
    paragraph.append(element("sup", {}, mark));
  }
  paragraph.append(reply.text.slice(position));
  return paragraph;
}

/** One line: how sure, and what else was considered. @param {Reply} reply */
export function renderSureness(reply) {
  const words = reply.kind === "answer" ? sureness(reply.confidence) : "Rather no answer than a wrong one";
  const line = element("p", { class: "sureness" }, element("strong", {}, words));
  if (reply.kind === "answer") line.append(`, ${percent(reply.confidence)}`);
  const alternatives = otherEntities(reply).slice(0, shownAlternatives);
  if (alternatives.length > 0) {
    const names = alternatives.map(({ entity, relevance }) => `${entity.title} ${percent(relevance)}`);
    const intro = reply.kind === "answer" ? "Also considered" : "What came closest";
    line.append(". ", element("span", { class: "alternatives" }, `${intro}: ${names.join(", ")}`));
  }
  return line;
}

/** Evidence of entities the answer does not rest on, best of each, best first. @param {Reply} reply */
function otherEntities(reply) {
  const seen = new Set(reply.evidence.filter(({ cited }) => cited).map(({ entity }) => entity.id));
  return [...reply.evidence]
    .sort((a, b) => b.relevance - a.relevance)
    .filter(({ entity }) => !seen.has(entity.id) && seen.add(entity.id));
}

/** Cards of cited evidence, the rest folded away. @param {Reply} reply */
export function renderCards(reply) {
  const cited = reply.evidence.filter((evidence) => evidence.cited);
  const others = reply.evidence.filter((evidence) => !evidence.cited);
  const cards = element("div", { class: "cards" }, ...cited.map((evidence) => renderCard(reply, evidence)));
  if (others.length > 0) {
    const more = cited.length > 0 ? " more" : "";
    const passages = others.length === 1 ? "passage was" : "passages were";
    cards.append(
      element(
        "details",
        { class: "others" },
        element("summary", {}, `${others.length}${more} ${passages} read, but not relied on`),
        ...others.map((evidence) => renderCard(reply, evidence)),
      ),
    );
  }
  return cards;
}

/** @param {Reply} reply @param {Evidence} evidence */
function renderCard(reply, { label, entity, passage, relevance, cited }) {
  return element(
    "article",
    {
      class: "card",
      id: cardId(reply, label),
      tabindex: -1,
      "aria-label": `Source ${label}: ${entity.title}`,
    },
    entity.imageUrl
      ? element("img", { src: entity.imageUrl, alt: `${entity.title} as Rora knows it`, class: "flag" })
      : element("span", { class: "flag" }),
    element("h3", {}, element("span", { class: "label" }, `[${label}] `), entity.title),
    element("p", { class: "section" }, `${passage.section}, ${percent(relevance)} likely to fit`),
    renderPassage(passage.text, cited ? citedText(reply, label) : ""),
    element(
      "p",
      { class: "source" },
      sourceLink(passage.url || entity.url, sourceName(passage.url || entity.url)),
    ),
  );
}

/** @param {string} text @param {string} cited */
function renderPassage(text, cited) {
  const sentence = findSentence(text, cited);
  if (!sentence) return element("p", { class: "passage" }, text);
  const { start, end } = sentence;
  const mark = element("mark", {}, text.slice(start, end));
  return element("p", { class: "passage" }, text.slice(0, start), mark, text.slice(end));
}

/** @param {Reply} reply @param {number} label */
function citedText(reply, label) {
  const parts = reply.citations.filter((citation) => citation.label === label);
  return parts.map(({ start, end }) => reply.text.slice(start, end)).join(" ");
}

/** @param {Reply} reply @param {number} label */
function cardId(reply, label) {
  return `source-${reply.interactionId}-${label}`;
}

/** @param {string} address */
function sourceName(address) {
  return URL.canParse(address) ? `Read on at ${new URL(address).hostname.replace(/^www\./, "")}` : "Source";
}
