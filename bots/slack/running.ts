/** What is being done, by workspace: stopping waits for it, and a workspace that leaves breaks off its own. */
import { setMaxListeners } from "node:events";
import type { Tenant } from "../../src/domain/knowledge.ts";
import { RoraError } from "../../src/errors.ts";

export interface Running {
  /** Does work that listens to the signal and does not reject. */
  run(tenant: Tenant, work: (stopping: AbortSignal) => Promise<void>): Promise<void>;
  /** Resolves when nothing runs any more. */
  drained(): Promise<void>;
  /** Breaks off what runs for one, or for all; resolves when that is over. */
  breakOff(tenant?: Tenant): Promise<void>;
}

export function createRunning(): Running {
  const works = new Map<Promise<void>, { readonly tenant: Tenant; readonly controller: AbortController }>();
  const settle = async (tenant?: Tenant) => {
    for (;;) {
      const left = [...works].filter(([, work]) => tenant === undefined || work.tenant === tenant);
      if (left.length === 0) return;
      await Promise.allSettled(left.map(([promise]) => promise));
    }
  };
  return {
    run(tenant, work) {
      const controller = new AbortController();
      setMaxListeners(0, controller.signal);
      const promise = work(controller.signal).finally(() => works.delete(promise));
      works.set(promise, { tenant, controller });
      return promise;
    },
    drained: () => settle(),
    async breakOff(tenant) {
      for (const work of works.values())
        if (tenant === undefined || work.tenant === tenant)
          work.controller.abort(
            new RoraError("unavailable", "Rora is stopping. Please ask again in a moment."),
          );
      await settle(tenant);
    },
  };
}
