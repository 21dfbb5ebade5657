/** Where a model directory says how pictures become pixel values: its own file, or a part of processor_config.json. */
import { join } from "node:path";
import { readJson, readOptionalJson } from "./model-directory.ts";
import { createPreprocessor, type Preprocessor, type PreprocessorConfig } from "./preprocess.ts";

const OWN = "preprocessor_config.json";
/** Where transformers 5 writes it for models that read texts, too. */
const SHARED = "processor_config.json";

/** Throws RoraError `unavailable` when there is none, or one that Rora cannot follow. */
export async function openPreprocessor(
  directory: string,
): Promise<{ readonly preprocessor: Preprocessor; readonly path: string }> {
  const own = await readOptionalJson<PreprocessorConfig>(directory, OWN);
  if (own !== null) return { preprocessor: createPreprocessor(own), path: join(directory, OWN) };
  const shared = await readOptionalJson<{ image_processor?: PreprocessorConfig }>(directory, SHARED);
  const config = shared?.image_processor ?? (await readJson<PreprocessorConfig>(directory, OWN));
  return { preprocessor: createPreprocessor(config), path: join(directory, SHARED) };
}
