// @ts-check
/** One question and what became of it. */
import { renderCards, renderSureness, renderWords } from "./answer.js";
import { announce, byId, element, icon } from "./elements.js";
import { createFeedback } from "./feedback-form.js";
import { createProgress } from "./progress.js";
import { drawRelevanceMap } from "./relevance-map.js";
import { percent, sureness } from "./words.js";

/** @typedef {import("../schemas.ts").EventJson} EventJson */
/** @typedef {import("../schemas.ts").ReplyJson} Reply */
/** @typedef {import("../schemas.ts").EntitySummaryJson} EntitySummary */

const shownCandidates = 6;

/**
 * @param {string} question
 * @param {{ onRetry: () => void, onMap: (map: Element | null, note: string) => void }} options
 */
export function createTurn(question, { onRetry, onMap }) {
  const progress = createProgress();
  const words = element("p", { class: "words writing" });
  const article = element(
    "article",
    { class: "turn", "aria-busy": "true" },
    element("h2", { class: "asked" }, question),
    progress.element,
  );
  byId("turns", HTMLElement).append(article);
  article.scrollIntoView({ block: "nearest" });
  /** @type {Map<string, EntitySummary>} */
  const candidates = new Map();

  /** @param {Reply} reply */
  const finish = (reply) => {
    words.remove();
    article.classList.add(reply.kind);
    const feedback = createFeedback(reply, [...candidates.values()].slice(0, shownCandidates));
    const map = reply.relevanceMap ? [mapButton(reply.relevanceMap, onMap)] : [];
    article.append(
      renderWords(reply),
      renderSureness(reply),
      renderCards(reply),
      element("div", { class: "actions" }, ...map, ...feedback.buttons),
      ...feedback.below,
    );
    progress.end(reply.timings.total);
    article.removeAttribute("aria-busy");
    article.scrollIntoView({ block: "nearest" });
    const sure =
      reply.kind === "answer" ? ` ${sureness(reply.confidence)}, ${percent(reply.confidence)}.` : "";
    announce(`${reply.text}${sure}`);
  };

  return {
    element: article,
    /** @param {EventJson} event */
    show(event) {
      progress.show(event);
      if (event.kind === "entities-found")
        for (const { entity } of event.entities) candidates.set(entity.id, entity);
      if (event.kind === "evidence-chosen")
        for (const { entity } of event.evidence) candidates.set(entity.id, entity);
      if (event.kind === "answer-start") {
        article.append(words);
        words.scrollIntoView({ block: "nearest" });
      }
      if (event.kind === "answer-delta") words.append(event.text);
      if (event.kind === "answer-end") finish(event.reply);
    },
    /** It broke off. @param {string} message @param {string} [interactionId] */
    fail(message, interactionId) {
      words.remove();
      progress.end(null);
      article.removeAttribute("aria-busy");
      article.append(
        element(
          "div",
          { class: "failure", role: "alert" },
          element("p", {}, message),
          element("button", { type: "button", onclick: onRetry }, "Try again"),
          interactionId
            ? element("p", { class: "quote" }, `If you ask for help, quote ${interactionId}`)
            : null,
        ),
      );
    },
  };
}

/**
 * @param {NonNullable<Reply["relevanceMap"]>} map
 * @param {(map: Element | null, note: string) => void} onMap
 */
function mapButton(map, onMap) {
  const button = element(
    "button",
    { type: "button", class: "map-toggle", "aria-pressed": "false" },
    icon("map"),
    "Where it looked",
  );
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") === "false";
    for (const other of document.querySelectorAll(".map-toggle")) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(show));
    const note = `Bright parts mattered for the question; ${map.kept.length} of ${map.scores.length} patches were kept.`;
    onMap(show ? drawRelevanceMap(map) : null, note);
  });
  return button;
}
