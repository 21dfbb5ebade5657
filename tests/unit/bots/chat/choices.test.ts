import { describe, expect, it } from "vitest";
import { alternatives, citedEvidence, entityChoices } from "../../../../bots/chat/choices.ts";
import { answer, entityRecord, judgedCandidates } from "../../../support/replies.ts";

const TITLES = ["Chad", "Romania", "Belgium", "Mali", "Guinea"];
const candidates = judgedCandidates(TITLES.map((title, index) => entityRecord(`country:${index}`, title)));
const given = answer("i", "c", candidates);

describe("what an answer could have been instead", () => {
  const believed = (relevance: number) =>
    candidates.map((item) => (item.entity.title === "Chad" ? item : { ...item, relevance }));
  const others = (reply: typeof given) => alternatives(reply, citedEvidence(reply));

  it("is named where the answer is not sure, three at most, and not what it rests on", () => {
    expect(others({ ...given, candidates: believed(0) })).toEqual(["Romania", "Belgium", "Mali"]);
  });

  it("is named beside a sure answer only where the critic believes it as well", () => {
    const sure = { ...given, confidence: 0.95 };
    expect(others({ ...sure, candidates: believed(0) })).toEqual([]);
    expect(others({ ...sure, candidates: believed(0.3) })).toEqual(["Romania", "Belgium", "Mali"]);
  });

  it("is offered whole for a correction, each once", () => {
    expect(entityChoices(given).map(({ title }) => title)).toEqual(TITLES);
  });
});
