/** How often the whole assistant is right, over labelled scenes. Pure over what was measured; `table` is what people read. */
import type { LabelledQuestion, LabelledScene } from "./labelled-scenes.ts";
import { exactMatch, type Share, shareOf } from "./metrics.ts";

/** One question's outcome. */
export interface Outcome {
  readonly kind: string;
  readonly difficulty: number;
  readonly fact: string;
  /** Whether the question came with its picture. */
  readonly image: boolean;
  /** Whether knowledge held the answer; if not, the right reply is to abstain. */
  readonly answerable: boolean;
  readonly abstained: boolean;
  /** Answered, and with an accepted answer. */
  readonly exact: boolean;
  /** 1-based rank of the first right entity by picture; null when it was not among those found. */
  readonly entityRank: number | null;
  /** Whether the evidence cited is of a right entity; null without an answer. */
  readonly citedRight: boolean | null;
  readonly milliseconds: number;
}

/** What the assistant replied, as far as it is judged. */
export interface Replied {
  readonly kind: "answer" | "abstention";
  readonly text: string;
  readonly citedEntity: string | null;
  /** Entities of stage 1, most similar first. */
  readonly entities: readonly string[];
  readonly milliseconds: number;
}

/** Judges one reply. `goldMissing`: the right entity was taken out of the knowledge for this question. */
export function judgeReply(
  scene: LabelledScene,
  question: LabelledQuestion,
  replied: Replied,
  goldMissing: boolean,
): Outcome {
  const answered = replied.kind === "answer";
  const rank = replied.entities.findIndex((entity) => question.entities.includes(entity)) + 1;
  return {
    kind: scene.kind,
    difficulty: scene.difficulty,
    fact: question.fact,
    image: question.image,
    answerable: question.answers.length > 0 && !goldMissing,
    abstained: !answered,
    exact: answered && exactMatch(replied.text, question.answers),
    entityRank: rank === 0 ? null : rank,
    citedRight: answered ? question.entities.includes(replied.citedEntity ?? "") : null,
    milliseconds: replied.milliseconds,
  };
}

export interface Summary {
  readonly group: string;
  /** Of answerable questions: exact answers; abstentions count as misses. */
  readonly exact: Share;
  /** Of the answers given to answerable questions: exact ones. */
  readonly exactWhenAnswered: Share;
  /** Of answers to answerable questions: those that cite a right entity. */
  readonly citedRight: Share;
  /** Of answerable questions with a picture: right entity first, or among the first five. */
  readonly firstRight: Share;
  readonly amongFive: Share;
  /** Of questions that cannot be answered: abstentions, which are right. */
  readonly abstainedRightly: Share;
  /** Of answerable questions: abstentions, which are wrong. */
  readonly abstainedWrongly: Share;
}

export function summarise(group: string, outcomes: readonly Outcome[]): Summary {
  const answerable = outcomes.filter((outcome) => outcome.answerable);
  const answered = answerable.filter((outcome) => !outcome.abstained);
  const pictured = answerable.filter((outcome) => outcome.image);
  const within = (most: number) =>
    shareOf(pictured.map(({ entityRank }) => (entityRank ?? Infinity) <= most));
  return {
    group,
    exact: shareOf(answerable.map((outcome) => outcome.exact)),
    exactWhenAnswered: shareOf(answered.map((outcome) => outcome.exact)),
    citedRight: shareOf(answered.map((outcome) => outcome.citedRight === true)),
    firstRight: within(1),
    amongFive: within(5),
    abstainedRightly: shareOf(
      outcomes.filter((outcome) => !outcome.answerable).map((outcome) => outcome.abstained),
    ),
    abstainedWrongly: shareOf(answerable.map((outcome) => outcome.abstained)),
  };
}

/** All outcomes, then by how the flag is shown, by difficulty in thirds, and by what is asked after. */
export function summariseByGroup(outcomes: readonly Outcome[]): Summary[] {
  const by = (name: string, key: (outcome: Outcome) => string) => {
    const groups = [...new Set(outcomes.map(key))].sort();
    return groups.map((group) =>
      summarise(
        `${name} ${group}`,
        outcomes.filter((outcome) => key(outcome) === group),
      ),
    );
  };
  const pictured = outcomes.filter((outcome) => outcome.image);
  return [
    summarise("all", outcomes),
    summarise("with a picture", pictured),
    summarise(
      "by name",
      outcomes.filter((outcome) => !outcome.image),
    ),
    ...by("shown", (outcome) => (outcome.image ? outcome.kind : "not at all")),
    ...by("difficulty", ({ difficulty }) =>
      difficulty < 1 / 3 ? "low" : difficulty < 2 / 3 ? "middle" : "high",
    ),
    ...by("fact", (outcome) => outcome.fact),
  ];
}

/** One line a group: shares in percent with 95 % intervals and counts. */
export function table(summaries: readonly Summary[]): Record<string, string>[] {
  return summaries.map(({ group, ...shares }) => ({
    group,
    ...Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, inWords(share)])),
  }));
}

function inWords({ count, value, low, high }: Share): string {
  if (count === 0) return "–";
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(value)} (${percent(low)}–${percent(high)}, n ${count})`;
}
