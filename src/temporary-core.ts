/** Everything as the product opens it, on a database of its own in a temporary folder: for measuring and for fitting. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AssistantParts, settingsFor } from "./assistant-parts.ts";
import { readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { openCore } from "./start/core.ts";

export interface TemporaryCore {
  /** What an assistant is made of; with other settings, another one can be made. */
  readonly parts: AssistantParts;
  close(): Promise<void>;
}

/**
 * Opens the model in `folder` and ingests the atlas; the database goes with `close`, unless it was given a folder to stay in,
 * which saves the next run the ingesting. Throws RoraError `unavailable`, also for a model that does not answer, unless it is for
 * retrieval only.
 */
export async function openTemporaryCore(
  folder: string,
  {
    keptIn,
    retrievalOnly = false,
  }: { readonly keptIn?: string | undefined; readonly retrievalOnly?: boolean } = {},
): Promise<TemporaryCore> {
  const data = keptIn ?? (await mkdtemp(join(tmpdir(), "rora-")));
  const remove = async () => {
    if (keptIn === undefined) await rm(data, { recursive: true, force: true });
  };
  try {
    const config = readConfig({ MODEL_DIR: folder, DATA_DIR: data });
    const { signal } = new AbortController();
    const core = await openCore(config, createLog("silent"), { signal, retrievalOnly });
    return {
      parts: { ...core.model, ...core.stores, settings: settingsFor(core.model.imageEncoder) },
      close: () => core.close().finally(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
