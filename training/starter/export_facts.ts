/**
 * Writes what the atlas says, as training material: OUTDIR/facts.jsonl (one line an entity) and OUTDIR/themes.json.
 * Usage: npx tsx training/starter/export_facts.ts OUTDIR
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atlasEntity } from "../../src/knowledge/atlas/entity.ts";
import { allCountries, nameInSentence, sovereignOf } from "../../src/knowledge/atlas/facts.ts";
import { atlasPassages } from "../../src/knowledge/atlas/passages.ts";

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: npx tsx training/starter/export_facts.ts OUTDIR");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const lines = allCountries.map((country) => {
  const entity = atlasEntity(country);
  return JSON.stringify({
    id: entity.id,
    title: entity.title,
    nameInSentence: nameInSentence(country),
    code: country.cca2.toLowerCase(),
    independent: country.independent,
    sovereign: sovereignOf(country)?.cca2.toLowerCase() ?? null,
    description: entity.description,
    aliases: entity.aliases,
    passages: atlasPassages(country).map(({ theme, passage, facts }) => ({
      theme,
      section: passage.section,
      text: passage.text,
      facts,
    })),
  });
});
writeFileSync(join(folder, "facts.jsonl"), `${lines.join("\n")}\n`);
const themes = fileURLToPath(new URL("../../src/knowledge/atlas/themes.json", import.meta.url));
copyFileSync(themes, join(folder, "themes.json"));
console.log(`${lines.length} entities`);
