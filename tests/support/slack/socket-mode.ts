/** Socket Mode: several connections, each envelope to one of them, and again where it is not acknowledged. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Delivery, describe, type Parcel } from "./delivery.ts";
import type { Inside } from "./method.ts";
import { APP_ID } from "./world.ts";

export interface SocketMode extends Delivery {
  /** An address for one connection. */
  ticket(origin: string): string;
  /** Slack wants its connections renewed, or says that it soon will. */
  announceDisconnect(reason: "refresh_requested" | "warning" | "link_disabled"): void;
  /** Cuts every connection off, without a goodbye. */
  cut(): void;
  /** The next so many connections are refused. */
  refuse(times: number): void;
  connections(): number;
  /** Says goodbye to every connection and takes no more. */
  close(): Promise<void>;
  /** Connections made so far. */
  readonly counts: { opened: number };
}

interface Waiting {
  readonly parcel: Parcel;
  readonly envelope: string;
  attempt: number;
  reason: string | null;
  timer: NodeJS.Timeout | null;
  readonly settle: (body: object | null) => void;
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#connections */
const MOST_CONNECTIONS = 10;

export function openSocketMode(
  server: Server,
  { world, faults }: Pick<Inside, "world" | "faults">,
): SocketMode {
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  /** Where each envelope was sent. */
  const carriers = new Map<string, WebSocket>();
  const counts = { opened: 0 };
  let refusals = 0;
  let turn = 0;

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ticket = new URL(request.url!, "http://loopback").searchParams.get("ticket") ?? "";
    const welcome = tickets.delete(ticket) && sockets.clients.size < MOST_CONNECTIONS && refusals === 0;
    refusals = Math.max(0, refusals - 1);
    if (!welcome)
      return socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, connected);
  });

  function connected(socket: WebSocket): void {
    counts.opened++;
    socket.on("message", (raw) =>
      acknowledged(JSON.parse(String(raw)) as { envelope_id: string; payload?: object }),
    );
    socket.on("close", () => lost(socket));
    const hello = {
      type: "hello",
      num_connections: sockets.clients.size,
      connection_info: { app_id: APP_ID },
    };
    socket.send(JSON.stringify(hello));
    for (const letter of waiting.values()) if (letter.timer === null) dispatch(letter);
  }

  function dispatch(letter: Waiting): void {
    const open = [...sockets.clients].filter(({ readyState }) => readyState === 1);
    // Nobody there: an event waits for who comes, an interaction is lost at once.
    letter.timer = null;
    if (open.length === 0 && letter.parcel.kind !== "events_api")
      giveUp(letter, "came while nobody was connected");
    if (open.length === 0) return;
    const socket = open[turn++ % open.length]!;
    carriers.set(letter.envelope, socket);
    socket.send(
      JSON.stringify({
        envelope_id: letter.envelope,
        type: letter.parcel.kind,
        payload: letter.parcel.payload,
        accepts_response_payload: letter.parcel.kind !== "events_api",
        ...(letter.parcel.kind === "events_api"
          ? { retry_attempt: letter.attempt, retry_reason: letter.reason ?? "" }
          : {}),
      }),
    );
    letter.timer = setTimeout(() => unanswered(letter, "timeout"), world.patience.ack).unref();
  }

  function unanswered(letter: Waiting, reason: string): void {
    clearTimeout(letter.timer ?? undefined);
    const pause = letter.parcel.kind === "events_api" ? world.patience.retries[letter.attempt] : undefined;
    if (pause === undefined) {
      giveUp(letter, `was not acknowledged within ${world.patience.ack} ms`);
      return;
    }
    letter.attempt++;
    letter.reason = reason;
    carriers.delete(letter.envelope);
    letter.timer = setTimeout(() => dispatch(letter), pause).unref();
  }

  function giveUp(letter: Waiting, what: string): void {
    waiting.delete(letter.envelope);
    carriers.delete(letter.envelope);
    faults.push(`${describe(letter.parcel)} ${what}`);
    letter.settle(null);
  }

  function acknowledged({ envelope_id, payload = {} }: { envelope_id: string; payload?: object }): void {
    const letter = waiting.get(envelope_id);
    if (letter === undefined) return;
    clearTimeout(letter.timer ?? undefined);
    waiting.delete(envelope_id);
    carriers.delete(envelope_id);
    letter.settle(payload);
  }

  /** What was on its way on a connection that is gone goes another way. */
  function lost(socket: WebSocket): void {
    for (const letter of waiting.values())
      if (carriers.get(letter.envelope) === socket) unanswered(letter, "connection_failed");
  }

  return {
    counts,
    connections: () => sockets.clients.size,
    ticket(origin) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${origin.replace("http", "ws")}/link/?ticket=${ticket}&app_id=${APP_ID}`;
    },
    send: (parcel) =>
      new Promise((settle) => {
        const letter = { parcel, envelope: randomUUID(), attempt: 0, reason: null, timer: null, settle };
        waiting.set(letter.envelope, letter);
        dispatch(letter);
      }),
    announceDisconnect(reason) {
      for (const socket of sockets.clients)
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "loopback" } }));
    },
    cut() {
      for (const socket of sockets.clients) socket.terminate();
    },
    refuse: (times) => {
      refusals = times;
    },
    async close() {
      for (const { timer } of waiting.values()) clearTimeout(timer ?? undefined);
      waiting.clear();
      refusals = Number.POSITIVE_INFINITY;
      const gone = [...sockets.clients].map((socket) => once(socket, "close"));
      for (const socket of sockets.clients) socket.close(1001);
      await Promise.all(gone);
    },
  };
}
