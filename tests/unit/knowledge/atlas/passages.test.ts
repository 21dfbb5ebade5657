import { expect, test } from "vitest";
import { allCountries, factsOf, nameInSentence } from "../../../../src/knowledge/atlas/facts.ts";
import { atlasPassages } from "../../../../src/knowledge/atlas/passages.ts";
import { themes } from "../../../../src/knowledge/atlas/themes.ts";

const everything = allCountries.flatMap((country) =>
  atlasPassages(country).map((told) => ({ country, ...told })),
);
const about = (code: string) =>
  Object.fromEntries(
    everything
      .filter(({ country }) => country.cca2 === code)
      .map(({ theme, passage }) => [theme, passage.text]),
  );

test("every stated value stands verbatim where its fact says", () => {
  const wrong = everything.flatMap(({ passage, facts }) =>
    facts
      .filter(({ value, start }) => value === "" || !passage.text.startsWith(value, start))
      .map(({ fact }) => `${passage.id} ${fact}`),
  );
  expect(wrong).toEqual([]);
});

test("every known fact is told in some passage", () => {
  const untold = allCountries.flatMap((country) => {
    const told = new Set(atlasPassages(country).flatMap(({ facts }) => facts.map(({ fact }) => fact)));
    return [...factsOf(country).keys()]
      .filter((fact) => !told.has(fact))
      .map((fact) => `${country.cca2} ${fact}`);
  });
  expect(untold).toEqual([]);
});

test("passages are plain sentences that name their subject and end in one full stop", () => {
  const flaws = /undefined|null|NaN|[{}]| {2}|\.\.|\bthe the\b|^[a-z ]| ,|\[|-1 km/;
  for (const { country, passage } of everything) {
    expect(passage.text, passage.id).not.toMatch(flaws);
    expect(passage.text, passage.id).toContain(nameInSentence(country).replace(/^the /, ""));
    expect(passage.text, passage.id).toMatch(/[^.]\.$/);
    expect(passage.text.split(" ").length, passage.text).toBeLessThanOrEqual(48);
  }
});

test("a passage names no other country but as the value of a fact", () => {
  const titles = allCountries.map((country) => country.name.common);
  const wrong = everything.flatMap(({ country, passage, facts }) => {
    const values = [country.name.common, ...facts.map(({ value }) => value)].sort(
      (one, other) => other.length - one.length,
    );
    const rest = values.reduce((text, value) => text.replaceAll(value, "…"), passage.text);
    return titles
      .filter((title) => new RegExp(`\\b${title}\\b`).test(rest))
      .map((title) => `${passage.id}: ${title}`);
  });
  expect(wrong).toEqual([]);
});

test("names that want an article have it in sentences", () => {
  const wanting = ["NL", "US", "GB", "PH", "GM", "BS", "MV", "CF", "AE", "DO", "IM", "CG"];
  for (const code of wanting) {
    for (const text of Object.values(about(code))) expect(text).toMatch(/\bthe [A-Z]|^The [A-Z]/);
  }
  expect(about("TD").neighbours).toContain(
    "Cameroon, the Central African Republic, Libya, Niger, Nigeria and Sudan",
  );
});

test("every template is used by some country", () => {
  const shape = (text: string) =>
    text
      .split(/\{[^}]+\}/)
      .filter((part) => part.length > 3)
      .map((part) => part.replace(/\.$/, ""));
  for (const theme of themes) {
    const texts = everything.filter((told) => told.theme === theme.id).map(({ passage }) => passage.text);
    for (const template of theme.templates) {
      const used = texts.some((text) => shape(template.text).every((part) => text.includes(part)));
      expect(used, template.text).toBe(true);
    }
  }
});

test.each(["td", "jp", "us", "va", "aq", "nl"])("the passages about %s are the golden ones", (code) => {
  expect(about(code.toUpperCase())).toMatchSnapshot();
});

test("places whose independence is disputed are not called independent, nor dependent", () => {
  for (const code of ["EH", "PS", "TW", "XK", "AQ"])
    expect(Object.values(about(code)).join(" ")).not.toMatch(/independent|sovereign/);
});

test("calling codes have their international form", () => {
  const code = (country: string) =>
    everything
      .flatMap(({ country: { cca2 }, facts }) => (cca2 === country ? facts : []))
      .find(({ fact }) => fact === "calling-code")?.value;
  expect(code("TD")).toBe("+235");
  expect(code("US")).toBe("+1");
  expect(code("JM")).toBe("+1 876");
  expect(code("KZ")).toBe("+7");
  expect(code("AX")).toBe("+358 18");
  expect(code("SJ")).toBe("+47 79");
  expect(code("DO")).toBe("+1 809, +1 829 and +1 849");
});
