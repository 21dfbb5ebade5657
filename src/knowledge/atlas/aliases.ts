/** Other names people use for a country: official, native, in other languages, other spellings, demonyms. */
import { foldedName } from "../../domain/text.ts";
import { allCountries, type Country } from "./facts.ts";
import supplement from "./supplement.json" with { type: "json" };

const titles = new Set(allCountries.map((country) => foldedName(country.name.common)));
const namesOfStates = new Set(
  allCountries
    .filter((country) => country.independent)
    .flatMap(otherNames)
    .map(foldedName),
);
// Names in other languages that are everyday English words, such as "Island" for Iceland.
const misleading = new Set(supplement.misleadingAliases.map(foldedName));
const shortNamesInUse = new Set(["UK", "US"]);

/**
 * Each name once, without the title. Left out: two-letter codes, names that are another country's title, and names a
 * territory shares with an independent state ("French" is somebody from France, not from the Southern Lands).
 */
export function aliasesOf(country: Country): string[] {
  const aliases = new Map<string, string>();
  for (const name of otherNames(country)) {
    const folded = foldedName(name);
    const tooShort = /^[A-Z]{2}$/.test(name) && !shortNamesInUse.has(name);
    const taken = titles.has(folded) || (!country.independent && namesOfStates.has(folded));
    if (!tooShort && !taken && !misleading.has(folded) && !aliases.has(folded)) aliases.set(folded, name);
  }
  return [...aliases.values()];
}

function otherNames({ name, translations, altSpellings, demonyms }: Country): string[] {
  const native = Object.values(name.native);
  const peoples = ["eng", "fra"].flatMap((language) => Object.values(demonyms?.[language] ?? {}));
  return [
    name.official,
    ...[...native, ...Object.values(translations)].map((names) => names.common),
    ...native.map((names) => names.official),
    ...altSpellings,
    ...peoples.flatMap((people) => people.split(", ")),
  ]
    .map((text) => text.trim())
    .filter((text) => text !== "");
}
