import { describe, expect, test } from "vitest";
import {
  judgeReply,
  type Outcome,
  type Replied,
  summarise,
  summariseByGroup,
  table,
} from "../../../src/evaluation/answers.ts";
import type { LabelledQuestion, LabelledScene } from "../../../src/evaluation/labelled-scenes.ts";

const question: LabelledQuestion = {
  text: "Which money?",
  fact: "currency",
  theme: "money",
  entities: ["country:id", "country:mc"],
  answers: ["euro", "Indonesian rupiah"],
  image: true,
};
const scene: LabelledScene = {
  file: "0.jpg",
  kind: "half",
  difficulty: 0.5,
  artist: "flag-icons",
  entities: ["country:id", "country:mc"],
  questions: [question],
};
const replied: Replied = {
  kind: "answer",
  text: "The euro",
  citedEntity: "country:mc",
  entities: ["country:pl", "country:mc"],
  milliseconds: 100,
};

describe("a reply", () => {
  test("is right when any of the identical flags' answers is given, and its entity's rank is that of the first right one", () => {
    expect(judgeReply(scene, question, replied, false)).toEqual({
      kind: "half",
      difficulty: 0.5,
      fact: "currency",
      image: true,
      answerable: true,
      abstained: false,
      exact: true,
      entityRank: 2,
      citedRight: true,
      milliseconds: 100,
    });
  });

  test("that abstains is not exact, whatever its words", () => {
    const outcome = judgeReply(
      scene,
      question,
      { ...replied, kind: "abstention", text: "euro", citedEntity: null },
      false,
    );
    expect(outcome).toMatchObject({ abstained: true, exact: false, citedRight: null, answerable: true });
  });

  test("of another entity is cited wrongly", () => {
    const outcome = judgeReply(
      scene,
      question,
      { ...replied, citedEntity: "country:pl", entities: [] },
      false,
    );
    expect(outcome).toMatchObject({ citedRight: false, entityRank: null });
  });

  test("to what knowledge does not hold should be an abstention", () => {
    expect(judgeReply(scene, { ...question, answers: [] }, replied, false)).toMatchObject({
      answerable: false,
      exact: false,
    });
    expect(judgeReply(scene, question, replied, true)).toMatchObject({ answerable: false });
  });
});

const right: Outcome = judgeReply(scene, question, replied, false);
const wrong = { ...right, exact: false, citedRight: false, entityRank: null };
const silent = { ...right, abstained: true, exact: false, citedRight: null, entityRank: 1 };
const unanswerable = { ...right, answerable: false, abstained: true, exact: false };

describe("a summary", () => {
  test("counts each figure over the questions it is about", () => {
    const summary = summarise("all", [
      right,
      right,
      wrong,
      silent,
      unanswerable,
      { ...unanswerable, abstained: false },
    ]);
    const counts = Object.fromEntries(
      Object.entries(summary).map(([name, share]) => [
        name,
        typeof share === "string" ? share : [share.hits, share.count],
      ]),
    );
    expect(counts).toEqual({
      group: "all",
      exact: [2, 4],
      exactWhenAnswered: [2, 3],
      citedRight: [2, 3],
      firstRight: [1, 4],
      amongFive: [3, 4],
      abstainedRightly: [1, 2],
      abstainedWrongly: [1, 4],
    });
  });

  test("groups by how the flag is shown, by difficulty and by fact", () => {
    const groups = summariseByGroup([
      right,
      { ...wrong, kind: "bare", difficulty: 0.9 },
      { ...right, image: false, difficulty: 0 },
    ]);
    expect(groups.map(({ group, exact }) => [group, exact.hits, exact.count])).toEqual([
      ["all", 2, 3],
      ["with a picture", 1, 2],
      ["by name", 1, 1],
      ["shown bare", 0, 1],
      ["shown half", 1, 1],
      ["shown not at all", 1, 1],
      ["difficulty high", 0, 1],
      ["difficulty low", 1, 1],
      ["difficulty middle", 1, 1],
      ["fact currency", 2, 3],
    ]);
  });

  test("is written in percent with its interval and count", () => {
    expect(table([summarise("all", [right, silent])])[0]).toMatchObject({
      group: "all",
      exact: "50.0 (9.5–90.5, n 2)",
      abstainedRightly: "–",
    });
  });
});
