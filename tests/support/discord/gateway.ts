/** The gateway: sessions over WebSocket, with heartbeats, resuming, intents and close codes as Discord's. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from "discord.js";
import { type WebSocket, WebSocketServer } from "ws";
import { apiGuild } from "./payloads.ts";
import { APPLICATION_ID, BOT, TOKEN, type World } from "./world.ts";

const HEARTBEAT = 41_250;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  /** Every dispatch, by sequence number from 1. */
  readonly sent: string[];
  socket: WebSocket | null;
}

export interface Gateway {
  /** Sends an event to the shard of its guild (0 without one), if the intent is among those asked for. */
  dispatch(
    event: `${GatewayDispatchEvents}`,
    data: object,
    options?: { intent?: GatewayIntentBits; guildId?: string | null },
  ): void;
  /** Closes every connection with this code; 4000 can be resumed. */
  drop(code: number): void;
  /** Breaks every connection without a word. */
  breakOff(): void;
  /** Closes the next connections that identify with this code; null for none. */
  refuseIdentify(code: number | null): void;
  /** The next attempts to resume are told that their session is invalid. */
  forgetSessions(): void;
  /** `turnedAway`: connections while it was away. */
  readonly counts: { identified: number; resumed: number; turnedAway: number };
  connections(): number;
}

/** Intents that must be granted in the portal. */
const PRIVILEGED =
  GatewayIntentBits.MessageContent | GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences;

export function openGateway(server: Server, world: World, url: () => string): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0, turnedAway: 0 };
  let refusal: number | null = null;

  sockets.on("connection", (socket) => {
    if (world.away) {
      counts.turnedAway++;
      socket.terminate();
      return;
    }
    let session: Session | null = null;
    const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d, s: null, t: null }));
    send(GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on("message", (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Record<string, never> };
      if (op === GatewayOpcodes.Heartbeat) return send(GatewayOpcodes.HeartbeatAck, null);
      if (op === GatewayOpcodes.Identify) {
        session = identify(socket, d as never);
        return;
      }
      if (op === GatewayOpcodes.Resume) {
        session = resume(socket, d as never);
        if (session === null) send(GatewayOpcodes.InvalidSession, false);
        return;
      }
      if (session === null) socket.close(4003, "Not authenticated.");
    });
  });

  function identify(
    socket: WebSocket,
    { token, intents, shard = [0, 1] }: { token: string; intents: number; shard?: [number, number] },
  ): Session | null {
    if (token !== TOKEN) {
      socket.close(4004, "Authentication failed.");
      return null;
    }
    if (refusal !== null) {
      socket.close(refusal, "Refused.");
      return null;
    }
    if ((intents & PRIVILEGED) !== 0) {
      socket.close(4014, "Disallowed intent(s).");
      return null;
    }
    counts.identified++;
    const session: Session = { id: randomUUID(), intents, shard, sent: [], socket };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(
      ({ id, joined }) => joined && shardOf(id, shard[1]) === shard[0],
    );
    deliver(session, GatewayDispatchEvents.Ready, {
      v: 10,
      user: BOT,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      shard,
      application: { id: APPLICATION_ID, flags: 0 },
    });
    for (const guild of guilds) deliver(session, GatewayDispatchEvents.GuildCreate, apiGuild(guild, world));
    return session;
  }

  function resume(
    socket: WebSocket,
    { token, session_id, seq }: { token: string; session_id: string; seq: number },
  ) {
    const session = token === TOKEN ? sessions.get(session_id) : undefined;
    if (session === undefined) return null;
    counts.resumed++;
    session.socket = socket;
    for (const frame of session.sent.slice(seq)) socket.send(frame);
    deliver(session, GatewayDispatchEvents.Resumed, {});
    return session;
  }

  function deliver(session: Session, t: string, d: object): void {
    const frame = JSON.stringify({ op: GatewayOpcodes.Dispatch, t, d, s: session.sent.length + 1 });
    session.sent.push(frame);
    session.socket?.send(frame);
  }

  return {
    counts,
    connections: () => sockets.clients.size,
    dispatch(event, data, { intent = 0, guildId = null } = {}) {
      for (const session of sessions.values()) {
        const mine = shardOf(guildId, session.shard[1]) === session.shard[0];
        if (mine && (session.intents & intent) === intent) deliver(session, event, data);
      }
    },
    drop(code) {
      for (const socket of sockets.clients) socket.close(code);
      // 1000 and 1001 end a session.
      if (code < 2000) sessions.clear();
    },
    breakOff() {
      for (const socket of sockets.clients) socket.terminate();
    },
    refuseIdentify(code) {
      refusal = code;
    },
    forgetSessions: () => sessions.clear(),
  };
}

/** https://docs.discord.com/developers/events/gateway#sharding */
function shardOf(guildId: string | null, shards: number): number {
  return guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
