/** `rora models`: progress on stderr, results on stdout. */
import { readConfig } from "../config.ts";
import type { Dtype } from "../domain/model-files.ts";
import { createLog } from "../log.ts";
import { catalogue } from "../model-catalogue.ts";
import { createProgress } from "../progress.ts";
import { openModelHub } from "../start/model.ts";
import {
  renderBytes,
  renderCachedModel,
  renderCatalogueEntry,
  renderPlan,
  renderUse,
  renderVerification,
} from "./render-models.ts";

/** Throws RoraError that says what to do; what was downloaded until then is kept. */
export async function runPull(
  model: string,
  { dtype, signal }: { dtype: Dtype; signal: AbortSignal },
): Promise<void> {
  const config = readConfig();
  const hub = openModelHub(config);
  const plan = await hub.plan(model, { dtype, signal });
  for (const line of renderPlan(model, plan)) console.log(line);
  const progress = createProgress(`Downloading ${model} (MB)`, createLog(config.logLevel));
  const megabytes = Math.max(1, Math.ceil(plan.bytes / 1e6));
  let downloaded: number;
  try {
    downloaded = await hub.pull(plan, {
      signal,
      onWait: () => console.error("Another process is changing this model: waiting for it."),
      onProgress: (bytes) => progress.update(Math.min(megabytes, Math.floor(bytes / 1e6)), megabytes),
    });
  } finally {
    progress.stop();
  }
  console.log(
    downloaded === 0
      ? "All of it was here and is undamaged."
      : `Downloaded ${renderBytes(downloaded)}; every file has the hash that the hub gives.`,
  );
  console.log(renderUse(model, plan.lacking));
}

export async function runList(): Promise<void> {
  const models = await openModelHub(readConfig()).list();
  const ours = models.filter(({ precisions, unfinished }) => precisions.length > 0 || unfinished);
  console.log(ours.length === 0 ? "In the cache: no models for Rora." : "In the cache:");
  for (const model of ours) console.log(renderCachedModel(model));
  const others = models.length - ours.length;
  if (others > 0) console.log(`  and ${others} for other programs.`);
  console.log("\nTried with this version:");
  for (const entry of catalogue) console.log(renderCatalogueEntry(entry));
}

/** Exits with 1 when a file is missing or damaged. Without a name, all models with Rora's graphs are verified. */
export async function runVerify(model: string | undefined, signal: AbortSignal): Promise<void> {
  const hub = openModelHub(readConfig());
  const all = async () =>
    (await hub.list()).flatMap(({ name, commit, revisions, precisions }) =>
      commit === null || precisions.length === 0 ? [] : [`${name}@${revisions[0] ?? commit}`],
    );
  const names = model === undefined ? await all() : [model];
  if (names.length === 0) console.log("There are no models in the cache.");
  for (const name of names) {
    const verification = await hub.verify(name, signal);
    for (const line of renderVerification(name, verification)) console.log(line);
    if (verification.problems.length > 0) process.exitCode = 1;
  }
}

export async function runRemove(model: string, signal: AbortSignal): Promise<void> {
  const onWait = () => console.error("Another process is changing this model: waiting for it.");
  const freed = await openModelHub(readConfig()).remove(model, { signal, onWait });
  console.log(`Removed ${model}: ${renderBytes(freed)} freed.`);
}
