/** Four countries, enough to render cards: their flags are the real ones. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type EntityRecord, PUBLIC_TENANT } from "../../src/domain/knowledge.ts";

const require = createRequire(import.meta.url);

function country(code: string, title: string, demonym: string, money: string): EntityRecord {
  const id = `country:${code}`;
  const url = `https://en.wikipedia.org/wiki/${title}`;
  const bytes = new Uint8Array(readFileSync(require.resolve(`flag-icons/flags/4x3/${code}.svg`)));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    entity: {
      id,
      tenant: PUBLIC_TENANT,
      title,
      description: `${title} is a country.`,
      url,
      aliases: [demonym],
    },
    images: [
      { id: `${id}#flag`, entityId: id, sha256, mediaType: "image/svg+xml", bytes, alt: `Flag of ${title}` },
    ],
    passages: [{ id: `${id}#money`, entityId: id, section: "Money", text: money, url, source: "test" }],
  };
}

export const scriptedKnowledge: readonly EntityRecord[] = [
  country(
    "td",
    "Chad",
    "Chadian",
    "Chad lies in Middle Africa. Its currency is the Central African CFA franc, written Fr. Coins and notes are shared with five neighbours.",
  ),
  country("ro", "Romania", "Romanian", "The currency of Romania is the Romanian leu, written lei."),
  country("ad", "Andorra", "Andorran", "The currency of Andorra is the euro, written €."),
  country("md", "Moldova", "Moldovan", "The currency of Moldova is the Moldovan leu, written L."),
];
