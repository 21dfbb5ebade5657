// @ts-check
/** Choosing the right entity: what was considered first, anything known by search. */
import { findEntities } from "./api.js";
import { announce, element } from "./elements.js";

/** @typedef {import("../schemas.ts").EntitySummaryJson} EntitySummary */

const pauseBeforeSearch = 200;

/** @param {string} id makes the names unique on the page @param {readonly EntitySummary[]} candidates */
export function createEntityChoice(id, candidates) {
  const group = `entity-${id}`;
  const found = element("div", { class: "entity-options" });
  const search = element("input", { type: "search", autocomplete: "off", placeholder: "A name" });
  /** @type {AbortController | null} */
  let searching = null;

  search.addEventListener("input", async () => {
    searching?.abort();
    searching = new AbortController();
    const { signal } = searching;
    await new Promise((resolve) => setTimeout(resolve, pauseBeforeSearch));
    if (signal.aborted) return;
    const entities = await findEntities(search.value, signal).catch(() => null);
    if (signal.aborted || entities === null) return;
    found.replaceChildren(...entities.map((entity) => option(entity, group)));
    const nothing = entities.length === 0 && search.value.trim() !== "";
    if (nothing) found.append("Nothing of that name is known.");
    announce(nothing ? "Nothing of that name is known." : `${entities.length} found`);
  });
  // Enter in the search box must not send the form half filled.
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });

  const fieldset = element(
    "fieldset",
    {},
    element("legend", {}, "What is it really?"),
    element("div", { class: "entity-options" }, ...candidates.map((candidate) => option(candidate, group))),
    element("label", { class: "field" }, element("span", {}, "Or look it up"), search),
    found,
  );
  return {
    element: fieldset,
    /** @returns {string | undefined} */
    value() {
      const checked = /** @type {HTMLInputElement | null} */ (fieldset.querySelector(":checked"));
      return checked?.value;
    },
  };
}

/** @param {EntitySummary} entity @param {string} name */
function option(entity, name) {
  return element(
    "label",
    { class: "entity-option" },
    element("input", { type: "radio", name, value: entity.id }),
    entity.imageUrl ? element("img", { src: entity.imageUrl, alt: "", class: "flag" }) : null,
    element("span", {}, entity.title),
  );
}
