/** A server on loopback in a core's place that answers each request as the next step says; the last step is repeated. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Step = (response: ServerResponse) => void;

export interface FaultyCore {
  readonly url: string;
  /** What arrived: `POST /api/core/ask`, its headers and body. */
  readonly requests: {
    readonly line: string;
    readonly headers: IncomingMessage["headers"];
    readonly body: string;
  }[];
  /** Requests whose client went away before they were answered. */
  readonly abandoned: () => number;
  close(): Promise<void>;
}

export async function startFaultyCore(...steps: readonly Step[]): Promise<FaultyCore> {
  const requests: { line: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  let abandoned = 0;
  const server = createServer(async (request, response) => {
    response.once("close", () => {
      if (!response.writableFinished) abandoned++;
    });
    const { method, url, headers } = request;
    requests.push({ line: `${method} ${url}`, headers, body: await text(request) });
    steps[Math.min(requests.length, steps.length) - 1]!(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    abandoned: () => abandoned,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Cuts the connection without a word. */
export const cut: Step = (response) => void response.destroy();

/** Takes the request and says nothing. */
export const silent: Step = () => {};

export const status =
  (code: number, body: string, type = "text/html", headers: Record<string, string> = {}): Step =>
  (response) =>
    void response.writeHead(code, { "content-type": type, ...headers }).end(body);

export const refusal = (code: number, error: object): Step =>
  status(code, JSON.stringify({ error }), "application/json");

/** Server-sent events, and then the end, a cut, or silence. */
export const events =
  (
    sent: readonly (readonly [name: string, data: unknown])[],
    then: "end" | "cut" | "silence" = "end",
  ): Step =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const text = sent.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("");
    response.write(`: keep-alive\n\n${text}`, () => {
      if (then === "end") response.end();
      // What was written must have left before the cut.
      if (then === "cut") setImmediate(() => response.destroy());
    });
  };
