/**
 * Waits where Slack says that it is too much. The library would count that among its few retries and give up under load, and
 * would hold back every other call meanwhile; here only calls of the same kind wait, one after the other.
 */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two calls of a kind once there were too many: about what Slack takes. */
const SPACING = 1_000;
/** Milliseconds after which waiting is no use to anybody. */
const LONGEST_WAIT = 10 * 60_000;
/** What is limited by channel; all else by method. https://docs.slack.dev/apis/web-api/rate-limits */
const BY_CHANNEL = ["chat.postMessage", "chat.postEphemeral"];

/** `timeout`: milliseconds that one attempt may take; `hurry`: from then on nothing is waited for. */
export function createPatientFetch(timeout: number, hurry: AbortSignal): typeof fetch {
  // Every call that waits listens to it.
  setMaxListeners(0, hurry);
  /** When the next call of a kind may be made, for kinds of which there were too many. */
  const turns = new Map<string, number>();

  async function turnOf(kind: string, patience: number): Promise<void> {
    const next = turns.get(kind);
    if (next === undefined) return;
    const turn = Math.max(next, Date.now());
    if (turn > (hurry.aborted ? Date.now() : patience))
      throw new Error("Slack takes too few calls for all that is to be said");
    turns.set(kind, turn + SPACING);
    if (turn > Date.now()) await sleep(turn - Date.now(), undefined, { signal: hurry });
  }

  return async (address, init = {}) => {
    const kind = kindOf(String(address), init);
    const patience = Date.now() + LONGEST_WAIT;
    for (;;) {
      await turnOf(kind, patience);
      const response = await fetch(address, { ...init, signal: AbortSignal.timeout(timeout) });
      const seconds = Number(response.headers.get("retry-after"));
      if (response.status !== 429 || !(seconds > 0)) {
        // Nobody waits any more.
        if ((turns.get(kind) ?? 0) <= Date.now()) turns.delete(kind);
        return response;
      }
      await response.body?.cancel();
      turns.set(kind, Math.max(turns.get(kind) ?? 0, Date.now() + seconds * 1_000));
    }
  };
}

/** Calls that Slack counts together: of one method and token, in one channel where that matters. */
function kindOf(address: string, { body, headers }: RequestInit): string {
  const method = address.slice(address.lastIndexOf("/") + 1);
  const channel = BY_CHANNEL.includes(method) ? new URLSearchParams(String(body)).get("channel") : "";
  return `${method} ${channel} ${new Headers(headers).get("authorization")}`;
}
