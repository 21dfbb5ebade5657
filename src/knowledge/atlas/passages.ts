/** Passages about a country, one a theme, with the facts each of them states. */
import type { Passage } from "../../domain/knowledge.ts";
import { entityIdOf, wikipediaUrl } from "./entity.ts";
import { type Country, factsOf, nameInSentence, sourceOf } from "./facts.ts";
import { type StatedFact, statePassage, themes } from "./themes.ts";

export interface AtlasPassage {
  readonly theme: string;
  readonly passage: Passage;
  /** Values stand verbatim in the passage's text. */
  readonly facts: readonly StatedFact[];
}

/** One passage for each theme of which something is known. */
export function atlasPassages(country: Country): AtlasPassage[] {
  const entityId = entityIdOf(country);
  const known = factsOf(country);
  const subject = { key: entityId, name: nameInSentence(country) };
  return themes.flatMap((theme) => {
    const stated = statePassage(theme, subject, known);
    if (stated === null) return [];
    const passage: Passage = {
      id: `${entityId}#${theme.id}`,
      entityId,
      section: theme.section,
      text: stated.text,
      url: wikipediaUrl(country),
      source: sourceOf(
        country,
        stated.facts.map(({ fact }) => fact),
      ),
    };
    return [{ theme: theme.id, passage, facts: stated.facts }];
  });
}
