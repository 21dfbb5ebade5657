/** The critic's weights as a file beside the model they were fitted on. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CriticWeights, FEATURES } from "./domain/critic.ts";
import { RoraError } from "./errors.ts";

/** Of the log-odds; cosines differ by tenths at most, so they count tenfold. What is not here weighs nothing. */
const UNFITTED: Partial<Record<(typeof FEATURES)[number], number>> = {
  margin: 10,
  textMargin: 10,
  reciprocalRank: 1,
  agreement: 1,
  recovered: -1,
};

/**
 * Stands in until a critic is fitted: ranks by how far look-alikes and passages lie behind the best ones, which means the same in
 * any space of embeddings, where a cosine as such does not. It never calls anything irrelevant: no number that is not
 * fitted could, so only the answering model can say that nothing fits.
 */
export const unfittedCritic: CriticWeights = {
  version: "unfitted",
  weights: FEATURES.map((feature) => UNFITTED[feature] ?? 0),
  means: FEATURES.map(() => 0),
  deviations: FEATURES.map(() => 1),
  bias: 0,
  threshold: 0,
};

/** `critic.json` of a model folder, else the unfitted one. Throws RoraError `unavailable` when it is damaged or of another version. */
export async function readCritic(folder: string): Promise<CriticWeights> {
  if (!existsSync(join(folder, "critic.json"))) return unfittedCritic;
  let critic: CriticWeights;
  try {
    critic = JSON.parse(await readFile(join(folder, "critic.json"), "utf8")) as CriticWeights;
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The model's critic.json (the weights that tell good evidence from bad) cannot be read. Restore it with `git checkout models`, fit it again with training/critic/fit.ts, or remove it to go without.",
      { cause },
    );
  }
  if (!fits(critic)) {
    throw new RoraError(
      "unavailable",
      `The model's critic.json does not fit this version of Rora: it needs ${FEATURES.length} weights, means and deviations, a bias, a threshold and a version. Restore it with \`git checkout models\`, or fit it again with training/critic/fit.ts.`,
    );
  }
  return critic;
}

function fits({ version, weights, means, deviations, bias, threshold }: CriticWeights): boolean {
  const complete = (numbers: unknown) =>
    Array.isArray(numbers) && numbers.length === FEATURES.length && numbers.every(Number.isFinite);
  return (
    typeof version === "string" &&
    [weights, means, deviations].every(complete) &&
    deviations.every((deviation) => deviation > 0) &&
    Number.isFinite(bias) &&
    Number.isFinite(threshold)
  );
}
