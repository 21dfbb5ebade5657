// @ts-check
/** Thumbs, and "what was wrong?". */
import { sendFeedback } from "./api.js";
import { announce, element, icon } from "./elements.js";
import { createEntityChoice } from "./entity-choice.js";

/** @typedef {import("../schemas.ts").ReplyJson} Reply */
/** @typedef {import("../schemas.ts").EntitySummaryJson} EntitySummary */
/** @typedef {import("../../../src/domain/feedback.ts").Feedback} Feedback */

/** @type {[NonNullable<Feedback["reason"]>, string][]} */
const reasons = [
  ["wrong-entity", "That is something else"],
  ["wrong-fact", "It is right, but the fact is wrong"],
  ["bad-source", "The source does not say that"],
  ["not-understood", "That was not my question"],
];

/**
 * @param {Reply} reply
 * @param {readonly EntitySummary[]} candidates to choose the right one from
 */
export function createFeedback(reply, candidates) {
  const outcome = element("p", { class: "outcome", role: "status" });
  const up = element("button", { type: "button", "aria-pressed": "false" }, icon("thumb-up"), "Helpful");
  const down = element(
    "button",
    { type: "button", "aria-pressed": "false", "aria-expanded": "false" },
    icon("thumb-down"),
    "Not right",
  );
  const place = element("div", { class: "feedback-place" });

  /** @param {Feedback} feedback @param {string} thanks */
  const keep = async (feedback, thanks) => {
    try {
      await sendFeedback(reply.interactionId, feedback);
      up.setAttribute("aria-pressed", String(feedback.verdict === "helpful"));
      down.setAttribute("aria-pressed", String(feedback.verdict === "unhelpful"));
      outcome.textContent = thanks;
      return true;
    } catch (error) {
      outcome.textContent = /** @type {Error} */ (error).message;
      return false;
    }
  };
  const close = () => {
    place.replaceChildren();
    down.setAttribute("aria-expanded", "false");
  };

  up.addEventListener("click", () => {
    close();
    keep({ verdict: "helpful" }, "Thank you. That is kept.");
  });
  down.addEventListener("click", () => {
    if (place.childElementCount > 0) return close();
    down.setAttribute("aria-expanded", "true");
    const form = createForm(reply, candidates, async (feedback) => {
      if (feedback === null || (await keep(feedback, "Thank you. That is kept, and helps to do better."))) {
        close();
        down.focus();
      }
    });
    place.replaceChildren(form);
    form.querySelector("input")?.focus();
    announce("What was wrong?");
  });
  return { buttons: [up, down], below: [outcome, place] };
}

/**
 * @param {Reply} reply
 * @param {readonly EntitySummary[]} candidates
 * @param {(feedback: Feedback | null) => void} onDone null when cancelled
 */
function createForm(reply, candidates, onDone) {
  const group = `reason-${reply.interactionId}`;
  const entityChoice = createEntityChoice(reply.interactionId, candidates);
  const sources = createSourceChoice(reply);
  const answer = element("input", { type: "text", maxlength: 1000, autocomplete: "off" });
  const comment = element("textarea", { rows: 2, maxlength: 2000 });
  const radios = reasons.map(([value, words]) =>
    element(
      "label",
      { class: "choice" },
      element("input", { type: "radio", name: group, value, required: true }),
      words,
    ),
  );
  const form = element(
    "form",
    { class: "feedback" },
    element("fieldset", {}, element("legend", {}, "What was wrong?"), ...radios),
    entityChoice.element,
    sources.element,
    element("label", { class: "field" }, element("span", {}, "The right answer, if you know it"), answer),
    element("label", { class: "field" }, element("span", {}, "Anything else"), comment),
    element(
      "p",
      { class: "form-buttons" },
      element("button", { type: "submit", class: "primary" }, "Send"),
      element("button", { type: "button", onclick: () => onDone(null) }, "Cancel"),
    ),
  );
  const chosen = () =>
    /** @type {Feedback["reason"]} */ (String(new FormData(form).get(group) ?? "") || undefined);
  const follow = () => {
    entityChoice.element.hidden = chosen() !== "wrong-entity";
    sources.element.hidden = chosen() !== "bad-source" || reply.evidence.length === 0;
  };
  form.addEventListener("change", follow);
  follow();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = chosen();
    onDone({
      verdict: "unhelpful",
      reason,
      correctEntityId: reason === "wrong-entity" ? entityChoice.value() : undefined,
      evidence: reason === "bad-source" ? sources.value() : undefined,
      correctedAnswer: answer.value.trim() || undefined,
      comment: comment.value.trim() || undefined,
    });
  });
  return form;
}

/** Which of the sources are off. @param {Reply} reply */
function createSourceChoice(reply) {
  const boxes = reply.evidence.map(({ label, entity, passage }) => {
    const input = element("input", { type: "checkbox", value: label });
    return {
      input,
      row: element("label", { class: "choice" }, input, `[${label}] ${entity.title}, ${passage.section}`),
    };
  });
  return {
    element: element("fieldset", {}, element("legend", {}, "Which source?"), ...boxes.map(({ row }) => row)),
    value() {
      const marked = boxes.filter(({ input }) => input.checked);
      return marked.length === 0
        ? undefined
        : marked.map(({ input }) => ({ label: Number(input.value), relevant: false }));
    },
  };
}
