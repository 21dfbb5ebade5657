/** How often methods may be called: a bucket for each method and workspace, or for each channel that is posted in. */
import type { Call, Method } from "./method.ts";
import { TooMany } from "./refusal.ts";

export interface Rates {
  /** Throws where it is too much. */
  take(call: Call, method: Method): void;
  /** How many times faster than Slack's the buckets fill, for tests that are not about waiting. */
  speed: number;
}

/** Calls at once, and calls a second after that. https://docs.slack.dev/apis/web-api/rate-limits */
const BUCKETS: Readonly<Record<Exclude<Method["tier"], "free">, readonly [number, number]>> = {
  1: [1, 1 / 60],
  2: [20, 20 / 60],
  3: [50, 50 / 60],
  4: [100, 100 / 60],
  // "Short bursts of more than one a second are allowed"; how short is not said.
  posting: [5, 1],
  // For commercial apps outside the Marketplace, since 29 May 2025.
  history: [1, 1 / 60],
};

export function createRates(): Rates {
  const buckets = new Map<string, { left: number; at: number }>();
  const rates: Rates = {
    speed: 1,
    take({ name, team, values }, { tier }) {
      if (tier === "free") return;
      const [most, perSecond] = BUCKETS[tier];
      const key = `${team.id} ${tier === "posting" ? `posting ${values.text("channel")}` : name}`;
      const now = Date.now();
      const bucket = buckets.get(key) ?? { left: most, at: now };
      const left = Math.min(most, bucket.left + ((now - bucket.at) / 1000) * perSecond * rates.speed);
      if (left < 1) throw new TooMany(Math.ceil((1 - left) / perSecond / rates.speed));
      buckets.set(key, { left: left - 1, at: now });
    },
  };
  return rates;
}
