/** The flags of the package flag-icons: drawings made to a common 4:3 frame, trusted files of our own. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EntityImage } from "../../domain/knowledge.ts";
import { entityIdOf } from "./entity.ts";
import { type Country, nameInSentence } from "./facts.ts";

const folder = join(
  dirname(createRequire(import.meta.url).resolve("flag-icons/package.json")),
  "flags",
  "4x3",
);

/** The country's flag as SVG bytes; rejects when the package has none. */
export async function flagImage(country: Country): Promise<EntityImage> {
  const entityId = entityIdOf(country);
  const bytes = new Uint8Array(await readFile(join(folder, `${country.cca2.toLowerCase()}.svg`)));
  return {
    id: `${entityId}/flag`,
    entityId,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    mediaType: "image/svg+xml",
    bytes,
    alt: `Flag of ${nameInSentence(country)}`,
  };
}
