import { expect, test } from "vitest";
import { expandQuestion } from "../../../src/retrieval/expansion.ts";
import { entity } from "../../support/hand-made.ts";

const hits = ["Chad", "Romania", "Andorra"].map((title) => ({
  entity: entity(title.toLowerCase(), title),
  entityImage: null,
  similarity: null,
  rank: null,
  margin: null,
}));

test("the names of the first look-alikes follow the question", () => {
  expect(expandQuestion("Which money is used there?", hits, 2)).toBe(
    "Which money is used there? Chad, Romania",
  );
  expect(expandQuestion("Capital", hits, 5)).toBe("Capital Chad, Romania, Andorra");
});

test("a question without look-alikes stays as it is", () => {
  expect(expandQuestion("Capital of Peru?", [], 3)).toBe("Capital of Peru?");
  expect(expandQuestion("Capital of Peru?", hits, 0)).toBe("Capital of Peru?");
});
