/** What of a reply is shown, and what can be chosen when it was wrong. Pure. */
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Reply } from "../../src/domain/reply.ts";

/** Entities shown with an answer. */
const MOST_CARDS = 3;
const MOST_ALTERNATIVES = 3;
/** Confidence from which an answer counts as sure; the texts say "quite sure" from there. */
const SURE = 0.8;
/** Relevance from which something else is worth naming even so. */
const PLAUSIBLE = 0.05;

/** The evidence an answer rests on, one for each entity, in the order in which it is cited. */
export function citedEvidence(reply: Reply): Evidence[] {
  const cited = reply.citations.flatMap(
    ({ label }) => reply.evidence.find((item) => item.label === label) ?? [],
  );
  return [...new Map(cited.map((item) => [item.entity.id, item])).values()].slice(0, MOST_CARDS);
}

/**
 * Titles of other things that the picture could show, besides those of `cards`, best first. Beside an answer that is sure, only
 * what the critic would have believed as well: naming what merely looks a little alike would sow doubt where there is none.
 */
export function alternatives(reply: Reply, cards: readonly Evidence[]): string[] {
  const shown = new Set(cards.map(({ entity }) => entity.id));
  const sure = reply.kind === "answer" && reply.confidence >= SURE;
  const others = reply.candidates.filter(
    ({ entity, scores, relevance }) =>
      !shown.has(entity.id) && scores.image !== null && (!sure || relevance >= PLAUSIBLE),
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
