/**
 * Socket Mode that does not end: two connections, each made anew whenever it is lost, for ever. The library's own reconnecting
 * is off: when the address of a new connection cannot be had it rejects a promise that nobody holds, which ends the process,
 * and waits five seconds in which nothing arrives whenever Slack moves a connection to another server.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type App, type Receiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Logger } from "../../../src/log.ts";
import { slackFault } from "./faults.ts";
import { libraryLog } from "./library-log.ts";

/** Slack allows ten and gives each event to one of them. */
const CONNECTIONS = 2;
/** Milliseconds until Slack must have said hello on a new connection. */
const HELLO = 30_000;
/** Milliseconds that closing may take. */
const GOODBYE = 3_000;
/** Milliseconds before the first and before the later attempts after failed ones. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** Milliseconds a connection must have lasted for the next to be made without a pause. */
const WORTH_IT = 10_000;

export interface SocketState {
  readonly connections: number;
  readonly connected: number;
  /** Connections that were made in place of lost ones. */
  readonly renewed: number;
  /** Why the latest attempt failed; null when none did since the last success. */
  readonly fault: string | null;
}

export interface Sockets extends Receiver {
  state(): SocketState;
}

interface SocketOptions {
  /** A secret: never logged. */
  readonly appToken: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly log: Logger;
}

export function createSockets({ appToken, clientOptions, log }: SocketOptions): Sockets {
  const open = new Set<SocketModeReceiver>();
  const stopped = new AbortController();
  let app: App;
  let loops: Promise<void>[] = [];
  let [connected, renewed] = [0, 0];
  let fault: string | null = null;

  /** Connects and resolves when the connection is lost. Rejects when there was none. */
  async function connectOnce(onConnected: () => void): Promise<void> {
    const receiver = new SocketModeReceiver({
      appToken,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
      logger: libraryLog(log),
    });
    receiver.init(app);
    const lost = new Promise<void>((resolve) => receiver.client.once("disconnected", () => resolve()));
    open.add(receiver);
    const starting = receiver.start();
    try {
      await withinTime(starting, stopped.signal);
      connected++;
      onConnected();
      await lost;
      connected--;
    } finally {
      open.delete(receiver);
      // One that never said hello may still be open, and one that was given up may open yet.
      const end = () => void receiver.stop().catch(() => {});
      end();
      starting.then(end, () => {});
    }
  }

  async function keepConnected(onFirst: (fault: unknown) => void): Promise<void> {
    for (let failures = 0, made = 0; !stopped.signal.aborted; ) {
      try {
        let begun = 0;
        await connectOnce(() => {
          [begun, fault] = [performance.now(), null];
          if (made++ > 0) renewed++;
          onFirst(null);
        });
        failures = performance.now() - begun < WORTH_IT ? failures + 1 : 0;
        if (!stopped.signal.aborted) log.info(state(), "Slack: a connection ended, making another one");
      } catch (cause) {
        failures++;
        if (stopped.signal.aborted) return;
        fault = slackFault(cause, "SLACK_APP_TOKEN").message;
        log.warn({ ...state(), failures }, "Slack: no connection, trying again");
        onFirst(cause);
      }
      await sleep(pause(failures), undefined, { signal: stopped.signal }).catch(() => {});
    }
  }

  const state = (): SocketState => ({ connections: CONNECTIONS, connected, renewed, fault });

  return {
    init(given) {
      app = given;
    },

    /** Resolves with the first connection; rejects when the first attempt fails, and goes on trying all the same. */
    async start() {
      await new Promise<void>((resolve, reject) => {
        const onFirst = (cause: unknown) => (cause === null ? resolve() : reject(cause));
        loops = Array.from({ length: CONNECTIONS }, () => keepConnected(onFirst));
      });
    },

    async stop() {
      stopped.abort();
      for (const receiver of open) receiver.stop().catch(() => {});
      // A peer that does not say goodbye back is not waited for.
      await Promise.race([Promise.all(loops), sleep(GOODBYE, undefined, { ref: false })]);
    },

    state,
  };
}

/** Milliseconds; none after a connection that had lasted. Spread, so that many bots do not come back at the same moment. */
function pause(failures: number): number {
  if (failures === 0) return 0;
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
  return longest * (0.5 + Math.random() / 2);
}

async function withinTime(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const late = sleep(HELLO, undefined, { signal: AbortSignal.any([done.signal, signal]) }).then(() => {
    throw new Error("Slack did not say hello");
  });
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort();
    work.catch(() => {});
    late.catch(() => {});
  }
}
