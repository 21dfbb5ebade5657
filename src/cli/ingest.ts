/** `rora ingest atlas`. */
import { readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { openCore } from "../start/core.ts";

/** Opening the core ingests what is missing; `rebuild` makes the index anew. Throws RoraError. */
export async function runIngest(options: { rebuild: boolean; signal: AbortSignal }): Promise<void> {
  const config = readConfig();
  const core = await openCore(config, createLog(config.logLevel), options);
  try {
    const { entities, images, passages } = await core.stores.store.counts();
    const done = core.written === 0 ? "nothing had changed" : `${core.written} entities written`;
    console.log(
      `The atlas is in: ${done}; ${entities} entities, ${images} pictures, ${passages} passages in all.`,
    );
  } finally {
    await core.close();
  }
}
