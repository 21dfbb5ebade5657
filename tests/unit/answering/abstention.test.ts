import { expect, test } from "vitest";
import { abstentionText } from "../../../src/answering/abstention.ts";
import { judged, NO_SCORES } from "../../support/hand-made.ts";

const candidates = [
  judged("Chad", 0.1),
  judged("Chad", 0.09),
  judged("Romania", 0.08),
  judged("Andorra", 0.01),
];
const byWords = judged("Peru", 0.2, { scores: NO_SCORES, recovered: true });

test("names the two nearest look-alikes, each once", () => {
  const text = abstentionText("nothing-relevant", candidates, true);
  expect(text).toMatch(/^I don't know\. The nearest I know is Chad or Romania, /);
  expect(text).toContain("sharper or closer picture");
});

test("names nobody who was found by words alone when there is a picture", () => {
  expect(abstentionText("nothing-relevant", [byWords, ...candidates], true)).not.toContain("Peru");
  expect(abstentionText("nothing-relevant", [byWords], true)).toContain("I found nothing I know");
});

test("says that the evidence is silent when it is", () => {
  expect(abstentionText("not-in-evidence", candidates, true)).toContain("does not answer the question");
  expect(abstentionText("not-in-evidence", [byWords], false)).toContain("Peru, but what is written there");
});

test("asks for a picture or a name when there was neither", () => {
  expect(abstentionText("nothing-relevant", [], false)).toBe(
    "I don't know. I found nothing I know. Add a picture, or name what you are asking about.",
  );
});
