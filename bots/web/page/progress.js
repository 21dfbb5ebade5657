// @ts-check
/** What happens on the way to an answer, step by step; folded away once the answer is there. */
import { announce, element } from "./elements.js";
import { listed, percent, seconds } from "./words.js";

/** @typedef {import("../schemas.ts").EventJson} EventJson */

const shownLookAlikes = 6;

export function createProgress() {
  const list = element("ol", { class: "steps" });
  const summary = element("summary", {}, "Looking…");
  const details = element("details", { class: "progress", open: true }, summary, list);

  /** @param {string} title @param {...Node} content */
  const step = (title, ...content) => {
    list.querySelector(".now")?.classList.remove("now");
    list.append(element("li", { class: "now" }, element("p", {}, title), ...content));
    announce(title);
  };

  return {
    element: details,
    /** @param {EventJson} event */
    show(event) {
      switch (event.kind) {
        case "queued":
          if (event.ahead > 0) step(`Waiting: ${event.ahead} before you`);
          return;
        case "image-read":
          step(
            `Picture read, ${event.width} × ${event.height}`,
            ...event.notices.map(({ text }) => element("p", { class: "notice" }, text)),
          );
          return;
        case "entities-found": {
          const found = event.entities.slice(0, shownLookAlikes);
          if (found.length === 0) return;
          const names = found.slice(0, 3).map(({ entity }) => entity.title);
          step(`Found ${listed(names)}`, element("ul", { class: "look-alikes" }, ...found.map(lookAlike)));
          return;
        }
        case "evidence-chosen": {
          const names = [...new Set(event.evidence.map(({ entity }) => entity.title))];
          const count = event.evidence.length;
          if (count === 0) step("Found nothing that fits the question");
          else step(`Chose ${count} ${count === 1 ? "passage" : "passages"} about ${listed(names)}`);
        }
      }
    },
    /** @param {number | null} milliseconds null when it broke off */
    end(milliseconds) {
      list.querySelector(".now")?.classList.remove("now");
      details.open = false;
      summary.textContent =
        milliseconds === null ? "How far it came" : `How it was found, in ${seconds(milliseconds)}`;
      details.hidden = list.childElementCount === 0;
    },
  };
}

/** @param {Extract<EventJson, { kind: "entities-found" }>["entities"][number]} found */
function lookAlike({ entity, similarity }) {
  return element(
    "li",
    {},
    entity.imageUrl ? element("img", { src: entity.imageUrl, alt: "", class: "flag" }) : null,
    element("span", {}, entity.title),
    similarity === null ? null : element("span", { class: "figure" }, `${percent(similarity)} alike`),
  );
}
