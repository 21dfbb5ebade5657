import { describe, expect, it } from "vitest";
import { findSentence } from "../../../../../bots/web/page/sentence.js";

const passage =
  "Chad lies in Africa. Its currency is the Central African CFA franc. Its tongues are Arabic and French.";
const sentence = (cited: string) => {
  const found = findSentence(passage, cited);
  return found && passage.slice(found.start, found.end);
};

describe("the sentence that carries the answer", () => {
  it("is the one that shares most words with what was cited", () => {
    expect(sentence("Central African CFA franc")).toBe("Its currency is the Central African CFA franc.");
    expect(sentence("french, arabic")).toBe("Its tongues are Arabic and French.");
  });

  it("counts rare words for more than common ones", () => {
    expect(sentence("its its Arabic")).toBe("Its tongues are Arabic and French.");
  });

  it("is none where nothing is shared", () => {
    expect(sentence("yen")).toBeNull();
    expect(sentence("")).toBeNull();
  });
});
