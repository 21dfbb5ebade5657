/** What is being done, by workspace: stopping waits for all of it, a workspace that leaves has its own broken off. */
import { setMaxListeners } from "node:events";
import type { Tenant } from "../../src/domain/knowledge.ts";
import { RoraError } from "../../src/errors.ts";

export interface Work {
  /** Begins something that ends early when the signal says so. */
  run(tenant: Tenant | null, begin: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Ends what is being done for a workspace, and resolves when that is over. */
  breakOff(tenant: Tenant): Promise<void>;
  /** Resolves when nothing is being done. */
  drain(): Promise<void>;
  /** Ends everything. */
  stop(): void;
}

export function createWork(): Work {
  const places = new Map<
    Tenant | null,
    { readonly end: AbortController; readonly running: Set<Promise<void>> }
  >();
  const everything = new AbortController();
  // Every workspace listens to it.
  setMaxListeners(0, everything.signal);

  function placeOf(tenant: Tenant | null) {
    const known = places.get(tenant);
    if (known !== undefined) return known;
    const end = new AbortController();
    setMaxListeners(0, end.signal);
    const place = { end, running: new Set<Promise<void>>() };
    places.set(tenant, place);
    return place;
  }

  return {
    run(tenant, begin) {
      const place = placeOf(tenant);
      const work = begin(AbortSignal.any([everything.signal, place.end.signal])).finally(() => {
        place.running.delete(work);
        // One that is being broken off is taken away when that is over.
        if (place.running.size === 0 && !place.end.signal.aborted) places.delete(tenant);
      });
      place.running.add(work);
      return work;
    },

    async breakOff(tenant) {
      const place = placeOf(tenant);
      place.end.abort(new RoraError("unavailable", "Rora was removed from this workspace."));
      // What is still being taken up begins with the signal given, and ends at once.
      while (place.running.size > 0) await Promise.allSettled(place.running);
      places.delete(tenant);
    },

    async drain() {
      const running = () => [...places.values()].flatMap((place) => [...place.running]);
      while (running().length > 0) await Promise.allSettled(running());
    },

    stop() {
      everything.abort(new RoraError("unavailable", "Rora is stopping. Please ask again in a moment."));
    },
  };
}
