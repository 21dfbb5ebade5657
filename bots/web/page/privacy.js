// @ts-check
/** What is kept of me, and erasing it. */
import { eraseKept, whatIsKept } from "./api.js";
import { byId, element } from "./elements.js";

/** @param {{ onErased: () => void }} options */
export function createPrivacy({ onErased }) {
  const dialog = byId("dialog", HTMLDialogElement);

  /** @param {string} title @param {(Node | string)[]} content @param {...HTMLElement} buttons */
  const show = (title, content, ...buttons) => {
    const close = element("button", { type: "button", onclick: () => dialog.close() }, "Close");
    dialog.replaceChildren(
      element("h2", { id: "dialog-title" }, title),
      ...content,
      element("p", { class: "form-buttons" }, ...buttons, close),
    );
    if (!dialog.open) dialog.showModal();
  };
  /** @param {unknown} error */
  const fail = (error) => show("That did not work", [element("p", {}, /** @type {Error} */ (error).message)]);

  byId("see-kept", HTMLButtonElement).addEventListener("click", async () => {
    try {
      const kept = JSON.stringify(await whatIsKept(), null, 2);
      show(
        "What is kept of you",
        [element("pre", { tabindex: 0, "aria-label": "Everything that is kept, as JSON" }, kept)],
        element(
          "a",
          { class: "button", href: "/api/me", download: "rora-kept-of-me.json" },
          "Save as a file",
        ),
      );
    } catch (error) {
      fail(error);
    }
  });

  const erase = async () => {
    try {
      const count = await eraseKept();
      onErased();
      const words = count === 1 ? "1 question" : `${count} questions`;
      show("Erased", [
        element("p", {}, `${words} with pictures and feedback went, and the cookie with them.`),
      ]);
    } catch (error) {
      fail(error);
    }
  };
  byId("erase-kept", HTMLButtonElement).addEventListener("click", () => {
    show(
      "Erase everything?",
      [element("p", {}, "Your questions, pictures and feedback are deleted. This cannot be undone.")],
      element("button", { type: "button", class: "primary", onclick: erase }, "Erase everything"),
    );
  });
}
