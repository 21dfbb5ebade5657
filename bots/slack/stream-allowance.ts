/** How many answers may be streamed in a workspace: Slack takes few beginnings of streams a minute, and makes all calls wait for more. */
import type { Tenant } from "../../src/domain/knowledge.ts";

/**
 * chat.startStream and chat.stopStream are of tier 2, 20 a minute: https://docs.slack.dev/apis/web-api/rate-limits.
 * Some are left for other processes of the same app.
 */
const STREAMS_A_MINUTE = 15;
const MINUTE = 60_000;

export interface StreamAllowance {
  /** Counts one; false where the answer should come in one piece. */
  take(tenant: Tenant): boolean;
}

/** `now` is in milliseconds. */
export function createStreamAllowance(now: () => number = Date.now): StreamAllowance {
  const begun = new Map<Tenant, number[]>();
  return {
    take(tenant) {
      const time = now();
      const recent = (begun.get(tenant) ?? []).filter((moment) => moment > time - MINUTE);
      const may = recent.length < STREAMS_A_MINUTE;
      begun.set(tenant, may ? [...recent, time] : recent);
      return may;
    },
  };
}
