/** One drawing, several places: a picture of it means the sovereign country, and a passage names the others. */
import type { Passage } from "../../domain/knowledge.ts";
import { entityIdOf, wikipediaUrl } from "./entity.ts";
import { allCountries, type Country, nameInSentence, sourceOf } from "./facts.ts";
// Found by comparing the drawings (training/starter/flags.py); Bouvet Island flies Norway's by law.
import sharedFlags from "./sharedFlags.json" with { type: "json" };
import { joinList } from "./themes.ts";

const shared: Readonly<Record<string, readonly string[]>> = sharedFlags;
const elsewhere = new Set(Object.values(shared).flat());

/** Whether the place flies another country's flag, so that its own picture would only compete with it. */
export function flownElsewhere(country: Country): boolean {
  return elsewhere.has(country.cca2.toLowerCase());
}

/** Which other places fly the flag; empty where none does. */
export function sharedFlagPassage(country: Country): Passage[] {
  const codes = shared[country.cca2.toLowerCase()];
  if (codes === undefined) return [];
  const names = codes.map((code) =>
    nameInSentence(allCountries.find((other) => other.cca2.toLowerCase() === code)!),
  );
  const entityId = entityIdOf(country);
  return [
    {
      id: `${entityId}#flag`,
      entityId,
      section: "Flag",
      text: `The flag of ${nameInSentence(country)} is also flown by ${joinList(names)}.`,
      url: wikipediaUrl(country),
      source: sourceOf(country, []),
    },
  ];
}
