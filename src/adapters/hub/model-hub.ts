/** Models of the Hugging Face hub and its cache on this machine. Knows files and names, not what the models do. */
import type { Dtype } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";
import { cachedFolder, cachedModels } from "./cached-models.ts";
import type { Hub } from "./hub.ts";
import { parseModelName, readModelName } from "./model-name.ts";
import { type PullOptions, type PullPlan, planPull, pull } from "./pull.ts";
import { remove } from "./remove.ts";
import type { LockOptions } from "./repository-lock.ts";
import { verify } from "./verify.ts";

/** Models are named `owner/name` or `owner/name@revision`; anything else is refused with RoraError `bad-request`. */
export function createModelHub(hub: Hub) {
  return {
    plan: async (model: string, options: { readonly dtype: Dtype; readonly signal: AbortSignal }) =>
      planPull(hub, parseModelName(model), options),
    pull: (plan: PullPlan, options: PullOptions) => pull(hub, plan, options),
    list: () => cachedModels(hub),
    verify: async (model: string, signal: AbortSignal) => verify(hub, parseModelName(model), signal),
    remove: async (model: string, options: LockOptions) => remove(hub, parseModelName(model), options),
    /** Where a model lies; null when it is not named like one. Throws RoraError `not-found` that says how to get it. */
    folder: async (model: string) => {
      const name = readModelName(model);
      if (name === null) return null;
      const folder = await cachedFolder(hub, name);
      if (folder !== null) return folder;
      throw new RoraError(
        "not-found",
        `There is neither a folder nor a downloaded model ${model}. Download it with \`npm run rora -- models pull ${model}\`, or correct MODEL_DIR.`,
      );
    },
  };
}
