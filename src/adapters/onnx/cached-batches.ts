import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";

export interface CachedBatchesOptions<Input, Output extends object> {
  readonly maximumBytes: number;
  readonly maximumBatch: number;
  /** How long the first request of a batch waits for company, in milliseconds. */
  readonly waitMilliseconds: number;
  bytesOf(output: Output): number;
  /** One pass over several inputs; results in the same order. */
  run(inputs: readonly Input[]): Promise<readonly Output[]>;
}

/**
 * Remembers results by key, joins requests for the same key that are under way, and runs the others together.
 * A failure reaches everyone who waits for it and is not remembered.
 */
export function createCachedBatches<Input, Output extends object>(
  options: CachedBatchesOptions<Input, Output>,
) {
  const batches = new DataLoader<Input, Output>((inputs) => options.run(inputs) as Promise<Output[]>, {
    cache: false,
    maxBatchSize: options.maximumBatch,
    batchScheduleFn: (dispatch) => setTimeout(dispatch, options.waitMilliseconds),
  });
  const cache = new LRUCache<string, Output, { readonly input: Input }>({
    maxSize: options.maximumBytes,
    sizeCalculation: (output) => Math.max(1, options.bytesOf(output)),
    fetchMethod: (_key, _stale, { context }) => batches.load(context.input),
    // An entry pushed out while it is being made must still reach those who wait for it.
    ignoreFetchAbort: true,
  });
  return {
    get(key: string, input: Input): Promise<Output> {
      return cache.forceFetch(key, { context: { input } });
    },
  };
}
