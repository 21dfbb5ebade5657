/** The critic's weights as a file beside the model they were fitted on. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CriticWeights, FEATURES } from "./domain/critic.ts";
import { RoraError } from "./errors.ts";

/** Reads `critic.json` of a model folder. Throws RoraError `unavailable` when it is missing or does not fit this program. */
export async function readCritic(folder: string): Promise<CriticWeights> {
  let critic: CriticWeights;
  try {
    critic = JSON.parse(await readFile(join(folder, "critic.json"), "utf8")) as CriticWeights;
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The model folder has no readable critic.json (the weights that tell good evidence from bad). Restore it with `git checkout models`, or set MODEL_DIR to a complete model.",
      { cause },
    );
  }
  if (!fits(critic)) {
    throw new RoraError(
      "unavailable",
      `The model's critic.json does not fit this version of Rora: it needs ${FEATURES.length} weights, means and deviations, a bias, a threshold and a version. Restore it with \`git checkout models\`.`,
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
