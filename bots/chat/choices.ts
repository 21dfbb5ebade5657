/** What of a reply is shown, and what can be chosen when it was wrong. Pure. */
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";

/** Entities shown with an answer. */
const MOST_CARDS = 3;
const MOST_ALTERNATIVES = 3;

/** The evidence an answer rests on, one for each entity, in the order in which it is cited. */
export function citedEvidence(reply: Reply): Evidence[] {
  const cited = reply.citations.flatMap(
    ({ label }) => reply.evidence.find((item) => item.label === label) ?? [],
  );
  return [...new Map(cited.map((item) => [item.entity.id, item])).values()].slice(0, MOST_CARDS);
}

/** Titles of other things that the picture could show, besides those of `cards`. */
export function alternatives(reply: Reply, cards: readonly Evidence[]): string[] {
  const shown = new Set(cards.map(({ entity }) => entity.id));
  const others = reply.candidates.filter(
    ({ entity, scores }) => !shown.has(entity.id) && scores.image !== null,
  );
  return [...new Set(others.map(({ entity }) => entity.title))].slice(0, MOST_ALTERNATIVES);
}

/** Everything the answer could have been about, best first. */
export function entityChoices({ candidates }: Reply): { id: string; title: string }[] {
  const entities = candidates.map(
    ({ entity }) => [entity.id, { id: entity.id, title: entity.title }] as const,
  );
  return [...new Map(entities).values()];
}
