/** The starter knowledge: every country and territory with its flag and what is written about it. Knows no stores. */
import type { EntityRecord } from "../../domain/knowledge.ts";
import { atlasEntity } from "./entity.ts";
import { allCountries } from "./facts.ts";
import { flagImage } from "./flags.ts";
import { atlasPassages } from "./passages.ts";
import { flownElsewhere, sharedFlagPassage } from "./shared-flags.ts";

/** All 250 records, in a stable order. A flag that several share stands for the sovereign country alone. */
export function atlasRecords(): Promise<EntityRecord[]> {
  return Promise.all(
    allCountries.map(async (country) => ({
      entity: atlasEntity(country),
      images: flownElsewhere(country) ? [] : [await flagImage(country)],
      passages: [...atlasPassages(country).map(({ passage }) => passage), ...sharedFlagPassage(country)],
    })),
  );
}
