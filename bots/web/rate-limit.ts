/** Token buckets: a client may burst, and is held to an average after that. */
import type { MiddlewareHandler } from "hono";
import { RoraError } from "../../src/errors.ts";
import { clientAddress } from "./asker.ts";

export interface TokenBuckets {
  /** Takes one token of `key`; returns the seconds to wait, 0 when it was granted. */
  take(key: string): number;
}

interface Bucket {
  tokens: number;
  updatedAt: number;
}

/**
 * Memory is bounded: beyond `maximumKeys` the client seen longest ago is forgotten, that is, gets a full bucket.
 * `now` is in milliseconds.
 */
export function createTokenBuckets(options: {
  readonly perMinute: number;
  readonly capacity: number;
  readonly maximumKeys?: number;
  readonly now?: () => number;
}): TokenBuckets {
  const { perMinute, capacity, maximumKeys = 10_000, now = Date.now } = options;
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      const time = now();
      const bucket = buckets.get(key) ?? { tokens: capacity, updatedAt: time };
      bucket.tokens = Math.min(capacity, bucket.tokens + ((time - bucket.updatedAt) / 60_000) * perMinute);
      bucket.updatedAt = time;
      // Re-inserting keeps the map in the order of last use.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > maximumKeys) buckets.delete(buckets.keys().next().value!);
      if (bucket.tokens < 1) return ((1 - bucket.tokens) / perMinute) * 60;
      bucket.tokens -= 1;
      return 0;
    },
  };
}

/** Refuses with `rate-limited` once a client's bucket is empty. */
export function rateLimit(buckets: TokenBuckets, trustProxy: boolean): MiddlewareHandler {
  return async (c, next) => {
    const seconds = buckets.take(clientAddress(c, trustProxy));
    if (seconds > 0) {
      throw new RoraError("rate-limited", "That was a lot at once. Please wait a moment, then try again.", {
        retryAfterSeconds: seconds,
      });
    }
    await next();
  };
}
