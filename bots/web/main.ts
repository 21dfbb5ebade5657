/** The web chat as a server: starts, and stops after letting running questions finish. */

import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { RoraError } from "../../src/errors.ts";
import { type AppOptions, createWebApp } from "./app.ts";

export interface WebServer {
  /** Listens; resolves to the address to open. Throws RoraError `unavailable` when the port is taken. */
  start(): Promise<{ readonly url: string }>;
  /** Takes no new questions, waits up to `drainSeconds` for running ones, then aborts them. */
  stop(): Promise<void>;
}

export function createWebServer(options: AppOptions): WebServer {
  const { hostname, port, log, drainSeconds } = options;
  const shutdown = new AbortController();
  let stopping = false;
  const app = createWebApp(options, shutdown.signal, () => stopping);
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (options.guest?.(request, response) !== true) void listener(request, response);
  });
  // Connections that are merely kept alive or opened ahead would hold `close` up, so running responses count.
  const running = new Set<ServerResponse>();
  const closeIfDrained = (): void => {
    if (stopping && running.size === 0) server.closeAllConnections();
  };
  server.on("request", (_request, response: ServerResponse) => {
    running.add(response);
    response.once("close", () => {
      running.delete(response);
      closeIfDrained();
    });
  });

  return {
    async start() {
      await new Promise<void>((resolve, reject) => {
        server.once("error", (cause) => reject(listenFault(cause, port)));
        server.listen(port, hostname, resolve);
      });
      const address = server.address();
      const actualPort = typeof address === "object" && address ? address.port : port;
      const url = `http://${displayName(hostname)}:${actualPort}`;
      log.info({ url }, "web chat is listening");
      return { url };
    },

    async stop() {
      if (stopping) return;
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeIfDrained();
      const deadline = new AbortController();
      await Promise.race([closed, sleep(drainSeconds * 1000, undefined, deadline).catch(() => {})]);
      deadline.abort();
      shutdown.abort(
        new RoraError("unavailable", "Rora is stopping. Please ask again in a moment.", {
          retryAfterSeconds: 10,
        }),
      );
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An address that listens everywhere cannot be opened as such. */
function displayName(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}

function listenFault(cause: Error & { code?: string }, port: number): RoraError {
  const reason =
    cause.code === "EADDRINUSE"
      ? `Port ${port} is already in use. Stop the other program or set PORT to another number.`
      : `The web chat could not listen on port ${port}. Check HOST and PORT.`;
  return new RoraError("unavailable", reason, { cause });
}
