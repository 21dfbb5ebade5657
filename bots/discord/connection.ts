/** Joining Discord and staying there: trying again where that can help, saying what to do where it cannot. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Events, GatewayCloseCodes, Status } from "discord.js";
import { RoraError } from "../../src/errors.ts";
import type { Logger } from "../../src/log.ts";
import { loggable } from "./loggable.ts";
import { portalFault } from "./portal.ts";

/** Milliseconds before the second attempt to join; doubled with each further one, up to the longest. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
/** Milliseconds after which a start goes on without Discord, which joins when it can. */
const START_PATIENCE = 15_000;

/** Close codes after which the same session would be closed again, and what to do about each. */
const FINAL: ReadonlyMap<number, string> = new Map([
  [
    GatewayCloseCodes.AuthenticationFailed,
    "Discord does not know this DISCORD_TOKEN any more. Copy it anew from the developer portal, page Bot, and restart Rora.",
  ],
  [
    GatewayCloseCodes.InvalidAPIVersion,
    "Discord does not take this version of its gateway any more. Update Rora and restart it.",
  ],
  [GatewayCloseCodes.InvalidIntents, "Discord does not know an intent. Update Rora and restart it."],
  [
    GatewayCloseCodes.DisallowedIntents,
    "Discord does not grant an intent. Look at the page Bot of the developer portal (Rora needs no privileged intent), then restart Rora.",
  ],
]);

export interface ConnectionState {
  readonly ok: boolean;
  /** In words and numbers, for whoever runs it. */
  readonly detail: string;
  readonly shards: number;
  readonly connected: number;
  readonly guilds: number;
}

export interface ConnectionOptions {
  readonly token: string;
  /** A client that has not logged in, with everything that listens to it. One that could not log in is of no further use. */
  readonly open: () => Client;
  /** Every shard is there. A fault is logged. */
  readonly joined: (client: Client<true>) => Promise<void>;
  /** Another client takes this one's place. */
  readonly retire: (client: Client) => void;
  readonly log: Logger;
}

export interface Connection {
  /**
   * Resolves once joined, or once it is clear that this takes longer: then it goes on trying by itself. Throws RoraError that
   * says what to do where trying again would not help.
   */
  join(): Promise<void>;
  leave(): Promise<void>;
  state(): ConnectionState;
}

export function createConnection({ token, open, joined, retire, log }: ConnectionOptions): Connection {
  const leaving = new AbortController();
  let client: Client | null = null;
  /** Why it is not there, for people; null while it is, or while the library connects again by itself. */
  let fault: string | null = "not joined yet: Discord has not answered so far";

  /** Joins with a new client; resolves when that has come to an end that another client may mend. */
  async function session(begun: () => void): Promise<void> {
    const current = open();
    client = current;
    const end = new Promise<number>((resolve) => {
      current.on(Events.ShardDisconnect, ({ code }) => resolve(code));
    });
    const ready = new Promise<Client<true>>((resolve) => current.once(Events.ClientReady, resolve));
    const fall = current.login(token).then(
      () => new Promise<never>(() => {}),
      (cause: unknown) => portalFault(cause),
    );
    // The code of a close says more than that logging in failed, and comes before it.
    const first = await Promise.race([end, ready, fall]);
    if (first instanceof RoraError) throw first;
    if (typeof first === "number") throw closedBy(first);
    fault = null;
    await joined(first).catch((error: unknown) =>
      log.error({ err: loggable(error) }, "something was left undone after joining Discord"),
    );
    begun();
    const code = await end;
    if (FINAL.has(code)) throw closedBy(code);
    // Such as too few shards since it came to many servers: Discord says anew how many it wants.
    log.warn({ code }, "Discord ended the session: joining anew");
    retire(current);
  }

  /** Resolves when it has left. Throws RoraError `unauthorized` where a person must do something. */
  async function keepJoined(begun: () => void): Promise<void> {
    for (let failures = 0; !leaving.signal.aborted; ) {
      try {
        await session(() => {
          failures = 0;
          begun();
        });
      } catch (error) {
        if (leaving.signal.aborted) return;
        const known = error instanceof RoraError ? error : portalFault(error);
        fault = known.message;
        if (known.code === "unauthorized") throw known;
        const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++);
        log.warn({ err: loggable(known.cause ?? known), pause }, "Discord cannot be joined: trying again");
        begun();
        await sleep(pause, undefined, { signal: leaving.signal }).catch(() => {});
      }
    }
  }

  return {
    async join() {
      const known = new AbortController();
      let waiting = true;
      const kept = keepJoined(() => known.abort()).catch((error: unknown) => {
        if (waiting) throw error;
        log.error({ err: error }, "Discord: left for good");
      });
      // Ends early as soon as it is known how joining goes.
      const patience = sleep(START_PATIENCE, undefined, { signal: known.signal }).catch(() => {});
      try {
        await Promise.race([kept, patience]);
      } finally {
        waiting = false;
        known.abort();
      }
    },

    async leave() {
      leaving.abort();
      // The library takes its own leaving for a lost connection.
      client?.removeAllListeners(Events.ShardReconnecting);
      await client?.destroy();
    },

    state() {
      const shards = client?.ws.shards.size ?? 0;
      const connected = client?.ws.shards.filter(({ status }) => status === Status.Ready).size ?? 0;
      const guilds = client?.guilds.cache.size ?? 0;
      const numbers = `${connected} of ${shards} shards connected, ${guilds} servers`;
      const ok = fault === null && shards > 0 && connected === shards;
      return { ok, detail: fault === null ? numbers : fault, shards, connected, guilds };
    },
  };
}

function closedBy(code: number): RoraError {
  const advice = FINAL.get(code);
  if (advice !== undefined) return new RoraError("unauthorized", advice);
  return new RoraError("unavailable", `Discord closed the connection with code ${code}.`);
}
