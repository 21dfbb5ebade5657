/** The entity a country or territory becomes: its id, description, page and other names. */
import { type Entity, PUBLIC_TENANT } from "../../domain/knowledge.ts";
import { aliasesOf } from "./aliases.ts";
import { type Country, factsOf, nameInSentence, sovereignOf } from "./facts.ts";
import supplement from "./supplement.json" with { type: "json" };
import { joinList } from "./themes.ts";

const titles: Readonly<Record<string, string>> = supplement.wikipediaTitles;
const descriptions: Readonly<Record<string, string>> = supplement.descriptions;
const independenceNotStated = new Set(supplement.independenceNotStated);

/** `country:td`. */
export function entityIdOf(country: Country): string {
  return `country:${country.cca2.toLowerCase()}`;
}

/** The country's page in the English Wikipedia. */
export function wikipediaUrl(country: Country): string {
  const title = titles[country.cca2] ?? country.name.common;
  return `https://en.wikipedia.org/wiki/${encodeURI(title.replaceAll(" ", "_"))}`;
}

export function atlasEntity(country: Country): Entity {
  return {
    id: entityIdOf(country),
    tenant: PUBLIC_TENANT,
    title: country.name.common,
    description: describe(country),
    url: wikipediaUrl(country),
    aliases: aliasesOf(country),
  };
}

/** One sentence: what and where it is. */
function describe(country: Country): string {
  const given = descriptions[country.cca2];
  if (given !== undefined) return given;
  const name = nameInSentence(country);
  const start = name.charAt(0).toUpperCase() + name.slice(1);
  const facts = factsOf(country);
  const place = joinList(facts.get("subregion") ?? facts.get("region") ?? []);
  const sovereign = sovereignOf(country);
  const kind = independenceNotStated.has(country.cca2)
    ? "country or territory"
    : sovereign === null
      ? "country"
      : `territory of ${nameInSentence(sovereign)}`;
  return `${start} is a ${kind} in ${place}.`;
}
