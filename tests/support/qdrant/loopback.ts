/** A Qdrant on 127.0.0.1 for tests, which can go down, come back and misbehave. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type Memory, qdrantRoutes } from "./routes.ts";

type Answer = (c: Context) => Response | Promise<Response>;

export interface LoopbackQdrant {
  readonly url: string;
  readonly memory: Memory;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  /** From now on every request is answered so; null: as Qdrant does. */
  misbehave(answer: Answer | null): void;
  /** Stops listening and breaks off what is open; what it stores stays. */
  goDown(): Promise<void>;
  /** Listens again, where it did. */
  comeBack(): Promise<void>;
}

export async function startLoopbackQdrant({
  apiKey,
  version = "1.18.2",
}: {
  apiKey?: string;
  version?: string;
} = {}): Promise<LoopbackQdrant> {
  const memory: Memory = { collections: new Map(), aliases: new Map() };
  const requests: string[] = [];
  let misbehaviour: Answer | null = null;
  const app = new Hono();
  app.use(async (c, next) => {
    requests.push(`${c.req.method} ${c.req.path}`);
    if (misbehaviour !== null) return misbehaviour(c);
    if (apiKey !== undefined && c.req.header("api-key") !== apiKey)
      return c.text("Must provide an API key or an Authorization bearer token", 401);
    return next();
  });
  app.route("/", qdrantRoutes(memory, version));

  let server = createAdaptorServer({ fetch: app.fetch });
  async function listen(port: number): Promise<void> {
    server = createAdaptorServer({ fetch: app.fetch });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  }
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    memory,
    requests,
    misbehave: (answer) => {
      misbehaviour = answer;
    },
    async goDown() {
      const closed = once(server, "close");
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
    comeBack: () => listen(port),
  };
}
