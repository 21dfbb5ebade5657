// @ts-check
/** The picture at hand: dropped, pasted, chosen, photographed or an example. */
import { byId, element } from "./elements.js";

/** @typedef {{ file: Blob, words: string, alt: string }} Picture */

/**
 * @param {{ onPicture: (picture: Picture) => void }} options
 */
export function createPlate({ onPicture }) {
  const frame = byId("frame", HTMLElement);
  const caption = byId("caption", HTMLElement);
  const words = byId("caption-words", HTMLElement);
  const invitation = /** @type {HTMLElement} */ (frame.firstElementChild);
  let address = "";

  /** @param {File | Blob | null | undefined} file */
  const offer = (file) => {
    if (!file) return;
    onPicture({ file, words: file instanceof File ? file.name : "Picture", alt: "Your picture" });
  };

  for (const id of ["file", "camera"]) {
    const input = byId(id, HTMLInputElement);
    input.addEventListener("change", () => {
      offer(input.files?.[0]);
      input.value = "";
    });
  }
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file) event.preventDefault();
    offer(file);
  });
  // The whole window takes the drop: a picture let go beside the frame must not replace the page.
  let depth = 0;
  const hovering = (/** @type {number} */ change) => {
    depth = Math.max(0, depth + change);
    frame.classList.toggle("hovered", depth > 0);
  };
  addEventListener("dragenter", () => hovering(1));
  addEventListener("dragleave", () => hovering(-1));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    hovering(0);
    offer(event.dataTransfer?.files[0]);
  });

  const release = () => {
    if (address) URL.revokeObjectURL(address);
    address = "";
  };

  return {
    /** @param {Picture} picture */
    show(picture) {
      release();
      address = URL.createObjectURL(picture.file);
      const image = element("img", { src: address, alt: picture.alt });
      image.addEventListener("load", () => {
        frame.style.setProperty("--ratio", String(image.naturalWidth / image.naturalHeight));
      });
      // What the browser cannot show, the server may still read.
      image.addEventListener("error", () =>
        image.replaceWith(element("p", { class: "unshown" }, picture.words)),
      );
      frame.replaceChildren(image);
      frame.classList.add("filled");
      words.textContent = picture.words;
      caption.hidden = false;
    },
    clear() {
      release();
      frame.replaceChildren(invitation);
      frame.classList.remove("filled", "reading");
      caption.hidden = true;
    },
    /** Shows that the picture is being looked at. @param {boolean} now */
    reading(now) {
      frame.classList.toggle("reading", now && frame.classList.contains("filled"));
    },
    /** Lays a map over the picture, or takes it off (null). @param {Element | null} map @param {string} note */
    overlay(map, note) {
      frame.querySelector(".relevance-map")?.remove();
      if (map) frame.append(map);
      words.textContent = note;
      if (map) frame.scrollIntoView({ block: "nearest" });
    },
  };
}
