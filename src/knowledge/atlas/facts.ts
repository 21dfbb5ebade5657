/**
 * What is known of one country, as lists of values ready to stand in a sentence. supplement.json holds what the
 * package lacks (articles, page titles, sovereign states) and corrections where it is wrong, out of date or does
 * not suit a sentence; null there takes a fact away. Whether disputed places are independent is not stated.
 */
import countries, { type Country } from "world-countries";
import supplement from "./supplement.json" with { type: "json" };
import type { Facts } from "./themes.ts";

export type { Country };

const factSource = "world-countries 5.1.0";

/** All 250 countries and territories, in the package's order. */
export const allCountries: readonly Country[] = countries as unknown as readonly Country[];

const byLongCode = new Map(allCountries.map((country) => [country.cca3, country]));
const byShortCode = new Map(allCountries.map((country) => [country.cca2, country]));
const articles = new Set(supplement.articles);
const independenceNotStated = new Set(supplement.independenceNotStated);
const sovereigns: Readonly<Record<string, string>> = supplement.sovereigns;
const corrections: Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>> =
  supplement.corrections;

const numberWords =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(
    " ",
  );

/** The name as it stands in a sentence: `the Netherlands`, `Chad`. */
export function nameInSentence(country: Country): string {
  return articles.has(country.cca2) ? `the ${country.name.common}` : country.name.common;
}

/** The state a territory belongs to, or null. */
export function sovereignOf(country: Country): Country | null {
  return byShortCode.get(sovereigns[country.cca2] ?? "") ?? null;
}

/** Facts by id; a fact that is unknown, or of which the package is wrong, has no entry. */
export function factsOf(country: Country): Facts {
  const currencies = Object.entries(country.currencies ?? {});
  const neighbours = country.borders.map((code) => nameInSentence(byLongCode.get(code)!)).sort(byName);
  const sovereign = sovereignOf(country);
  const facts: Record<string, readonly string[] | null> = {
    capital: country.capital,
    currency: currencies.map(([, currency]) => currencyInSentence(currency.name)),
    "currency-code": currencies.map(([code]) => code),
    "currency-symbol": distinct(currencies.map(([, currency]) => currency.symbol)),
    languages: Object.values(country.languages),
    neighbours: neighbours.length > 0 ? neighbours : ["no land borders"],
    "neighbour-count": neighbours.length > 0 ? [numberWords[neighbours.length]!] : null,
    region: [regionInSentence(country.region)],
    subregion: country.subregion === "" ? null : [regionInSentence(country.subregion)],
    area: [`${country.area.toLocaleString("en-US")} km²`],
    demonym: country.demonyms?.eng?.m.split(", ").filter((word) => word !== "") ?? null,
    tld: country.tld.filter((domain) => /^\.[a-z]+$/.test(domain)),
    "calling-code": callingCodes(country),
    coast: [country.landlocked ? "landlocked" : "has a coast"],
    "un-member": [`${country.unMember ? "is" : "is not"} a member of the United Nations`],
    "un-group": country.unRegionalGroup === "" ? null : [country.unRegionalGroup],
    independent: independenceNotStated.has(country.cca2)
      ? null
      : [country.independent ? "independent" : "not independent"],
    sovereign: sovereign === null ? null : [nameInSentence(sovereign)],
    "official-name": [country.name.official],
    "native-name": nativeNames(country),
    ...corrections[country.cca2],
  };
  const known = Object.entries(facts).filter(
    (entry): entry is [string, string[]] => (entry[1]?.length ?? 0) > 0,
  );
  return new Map(known);
}

/** Who says so, for a passage that rests on these facts. */
export function sourceOf(country: Country, factIds: readonly string[]): string {
  const corrected = corrections[country.cca2] ?? {};
  return factIds.some((id) => id in corrected || id === "sovereign")
    ? `${factSource}, corrected by Rora`
    : factSource;
}

/** Native common names that differ from the English one; none where there are more than three. */
function nativeNames(country: Country): string[] {
  const names = distinct(Object.values(country.name.native).map((name) => name.common));
  const foreign = names.filter((name) => name !== country.name.common);
  return foreign.length > 3 ? [] : foreign;
}

/** `+235`; areas inside the North American plan as `+1 876`; a root with many area suffixes as the root alone. */
function callingCodes({ idd }: Country): string[] {
  if (idd.root === "") return [];
  if (idd.root === "+7") return ["+7"];
  if (idd.root === "+1")
    return idd.suffixes.length > 3 ? ["+1"] : idd.suffixes.map((suffix) => `+1 ${suffix}`);
  return distinct(idd.suffixes.map((suffix) => shortCallingCode(idd.root + suffix)));
}

/** Outside plans +1 and +7 a country code has at most three digits; longer ones name an area within it. */
function shortCallingCode(code: string): string {
  const length = code.startsWith("+47") || code.startsWith("+39") ? 3 : 4;
  return code.length <= length ? code : `${code.slice(0, length)} ${code.slice(length)}`;
}

/** Names of currencies are written small where their first word is no country: `euro`, `pound sterling`. */
function currencyInSentence(currency: string): string {
  return currency.replace(/^(Euro|Pound sterling)$/, (name) => name.toLowerCase());
}

function regionInSentence(region: string): string {
  return ["Americas", "Antarctic", "Caribbean"].includes(region) ? `the ${region}` : region;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function byName(left: string, right: string): number {
  return left.replace(/^the /, "").localeCompare(right.replace(/^the /, ""), "en");
}
