// @ts-check
/** Puts the page together: the picture, the conversation, the question box. */
import { ask, Refusal } from "./api.js";
import { announce, byId, element } from "./elements.js";
import { showExamples } from "./examples.js";
import { createPlate } from "./picture.js";
import { createPrivacy } from "./privacy.js";
import { createTurn } from "./turn.js";

const usualQuestions = [
  "What is the capital?",
  "Which money do people pay with there?",
  "Which languages are spoken there?",
];

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const box = byId("question", HTMLTextAreaElement);
const send = byId("send", HTMLButtonElement);
const stop = byId("stop", HTMLButtonElement);
const problem = byId("problem", HTMLElement);
const plate = createPlate({ onPicture: (picture) => begin(picture, usualQuestions) });

/** @type {import("./picture.js").Picture | null} */
let picture = null;
/** Set once an answer came: from then on the server has the picture. @type {string | null} */
let conversation = null;
/** @type {AbortController | null} */
let running = null;
/** @type {string[]} */
let suggestions = [];

/** A new picture is a new conversation. @param {typeof picture} next @param {string[]} questions */
function begin(next, questions) {
  running?.abort();
  picture = next;
  conversation = null;
  suggestions = questions;
  byId("turns", HTMLElement).replaceChildren();
  if (picture) plate.show(picture);
  else plate.clear();
  main.toggleAttribute("data-empty", !picture);
  showSuggestions();
  if (!picture) return;
  announce("Picture ready. Ask your question.");
  box.focus({ preventScroll: true });
}

function showSuggestions() {
  const items = suggestions.map((words) =>
    element("li", {}, element("button", { type: "button", onclick: () => put(words) }, words)),
  );
  byId("suggestions", HTMLElement).replaceChildren(...items);
}

/** @param {string} question */
async function put(question) {
  if (running) return;
  running = new AbortController();
  const { signal } = running;
  main.removeAttribute("data-empty");
  suggestions = suggestions.filter((words) => words !== question);
  showSuggestions();
  busy(true);
  const turn = createTurn(question, {
    onRetry() {
      if (running) return;
      turn.element.remove();
      put(question);
    },
    onMap: (map, note) => plate.overlay(map, map ? note : (picture?.words ?? "")),
  });
  try {
    const image = conversation === null ? (picture?.file ?? null) : null;
    for await (const event of ask({ question, image, conversation }, signal)) {
      turn.show(event);
      if (event.kind === "evidence-chosen") plate.reading(false);
      if (event.kind === "answer-end") conversation = event.reply.conversation;
    }
  } catch (error) {
    if (signal.aborted) turn.fail("Stopped.");
    else if (error instanceof Refusal) {
      // The server may have let the conversation go; the picture is still here to begin anew with.
      if (error.code === "not-found") conversation = null;
      turn.fail(error.message, error.interactionId);
    } else {
      console.error(error);
      turn.fail("The page tripped over this answer. Please try again.");
    }
  } finally {
    if (running?.signal === signal) {
      running = null;
      busy(false);
    }
  }
}

/** @param {boolean} now */
function busy(now) {
  send.hidden = now;
  stop.hidden = !now;
  plate.reading(now && conversation === null);
  main.toggleAttribute("data-busy", now);
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  problem.textContent = "";
}

byId("asking", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) return;
  const question = box.value.trim();
  if (question === "") {
    problem.textContent = "Please write a question first.";
    box.focus();
    return;
  }
  box.value = "";
  grow();
  put(question);
});
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("asking", HTMLFormElement).requestSubmit();
});
stop.addEventListener("click", () => {
  running?.abort();
  box.focus();
});
byId("new-picture", HTMLButtonElement).addEventListener("click", () => {
  begin(null, []);
  byId("file", HTMLInputElement).focus();
});
document.addEventListener("click", (event) => {
  // A citation mark may point into folded evidence; focus follows, so that a screen reader reads on there.
  const link = event.target instanceof Element ? event.target.closest('a[href^="#source-"]') : null;
  const card = link && document.getElementById((link.getAttribute("href") ?? "").slice(1));
  if (!card) return;
  event.preventDefault();
  card.closest("details")?.setAttribute("open", "");
  card.focus();
  card.scrollIntoView({ block: "nearest" });
});
createPrivacy({ onErased: () => begin(null, []) });
showExamples(begin);
