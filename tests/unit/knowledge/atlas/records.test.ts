import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { atlasRecords } from "../../../../src/knowledge/atlas/records.ts";

const records = await atlasRecords();
const record = (id: string) => records.find(({ entity }) => entity.id === id)!;

test("all 250 countries and territories are there", () => {
  expect(records).toHaveLength(250);
  for (const { passages, entity } of records) expect(passages.length, entity.id).toBeGreaterThanOrEqual(6);
});

test("ids are unique and belong together", () => {
  const ids = records.flatMap(({ entity, images, passages }) =>
    [entity, ...images, ...passages].map(({ id }) => id),
  );
  expect(new Set(ids).size).toBe(ids.length);
  for (const { entity, images, passages } of records) {
    expect(entity.id).toMatch(/^country:[a-z]{2}$/);
    for (const part of [...images, ...passages]) {
      expect(part.entityId).toBe(entity.id);
      expect(part.id.startsWith(entity.id)).toBe(true);
    }
  }
});

test("every flag is an SVG whose hash is right", () => {
  for (const { entity, images } of records) {
    if (images.length === 0) continue;
    expect(images, entity.id).toHaveLength(1);
    const [{ bytes, sha256, alt }] = images as [(typeof images)[number]];
    expect(Buffer.from(bytes).toString("utf8"), entity.id).toMatch(/<svg/);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(alt).toContain(entity.title);
  }
});

test("descriptions are one sentence and say what and where", () => {
  expect(record("country:td").entity.description).toBe("Chad is a country in Middle Africa.");
  expect(record("country:aw").entity.description).toBe(
    "Aruba is a territory of the Netherlands in the Caribbean.",
  );
  expect(record("country:nl").entity.description).toBe("The Netherlands is a country in Western Europe.");
  for (const { entity } of records) expect(entity.description).toMatch(/^[A-ZÅ][^.]*\.$/);
});

test("links lead to the country's page", () => {
  expect(record("country:td").entity.url).toBe("https://en.wikipedia.org/wiki/Chad");
  expect(record("country:ge").entity.url).toBe("https://en.wikipedia.org/wiki/Georgia_(country)");
  expect(record("country:cw").entity.url).toBe("https://en.wikipedia.org/wiki/Cura%C3%A7ao");
  for (const { entity } of records) expect(URL.canParse(entity.url)).toBe(true);
});

test("aliases hold native names, official names and demonyms, and no two-letter codes", () => {
  expect(record("country:td").entity.aliases).toEqual(
    expect.arrayContaining(["Republic of Chad", "Tchad", "Chadian", "تشاد", "Tschad"]),
  );
  expect(record("country:us").entity.aliases).toEqual(expect.arrayContaining(["USA", "US", "American"]));
  for (const { entity } of records) {
    expect(new Set(entity.aliases.map((alias) => alias.toLowerCase())).size, entity.id).toBe(
      entity.aliases.length,
    );
    expect(
      entity.aliases.filter((alias) => /^[A-Z]{2}$/.test(alias) && !["UK", "US"].includes(alias)),
    ).toEqual([]);
  }
});

test("an alias is never another country's title, nor a territory's claim to its sovereign's people", () => {
  const titles = new Set(records.map(({ entity }) => entity.title.toLowerCase()));
  for (const { entity } of records) {
    expect(
      entity.aliases.filter((alias) => titles.has(alias.toLowerCase())),
      entity.id,
    ).toEqual([]);
  }
  expect(record("country:tf").entity.aliases).not.toContain("French");
  expect(record("country:mp").entity.aliases).not.toContain("Américan");
  expect(record("country:fr").entity.aliases).toContain("French");
  expect(record("country:is").entity.aliases).not.toContain("Island");
});

test("sources name the package, and say so where it was corrected", () => {
  const source = (id: string) =>
    records.flatMap(({ passages }) => passages).find((passage) => passage.id === id)?.source;
  expect(source("country:td#money")).toBe("world-countries 5.1.0");
  expect(source("country:va#status")).toBe("world-countries 5.1.0, corrected by Rora");
});

test("a flag that several places fly stands for the sovereign country alone, which names the others", () => {
  const without = records.filter(({ images }) => images.length === 0).map(({ entity }) => entity.id);
  expect(without).toHaveLength(14);
  expect(without).toContain("country:gp");
  const france = records.find(({ entity }) => entity.id === "country:fr")!;
  expect(france.images).toHaveLength(1);
  expect(france.passages.find(({ section }) => section === "Flag")?.text).toContain("Guadeloupe");
});
