// @ts-check
/** Example scenes as buttons. */
import { fetchPicture, listExamples } from "./api.js";
import { byId, element } from "./elements.js";

/**
 * @param {(picture: import("./picture.js").Picture, questions: string[]) => void} onExample
 */
export async function showExamples(onExample) {
  const section = byId("examples", HTMLElement);
  const examples = await listExamples().catch(() => []);
  const items = examples.map(({ url, alt, credit, questions }) => {
    const choose = async () => {
      const file = await fetchPicture(url).catch(() => null);
      if (file) onExample({ file, alt, words: credit }, questions);
    };
    const image = element("img", { src: url, alt, loading: "lazy", width: 240, height: 160 });
    return element("li", {}, element("button", { type: "button", class: "example", onclick: choose }, image));
  });
  section.querySelector("ul")?.replaceChildren(...items);
  section.hidden = items.length === 0;
}
