/** A Slack of our own on this machine: Web API, Socket Mode and files that enforce what Slack enforces. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Delivery } from "./delivery.ts";
import { createEvents } from "./events.ts";
import { createFiles } from "./files.ts";
import { createHttpDelivery } from "./http-delivery.ts";
import { apiMessage } from "./message-parts.ts";
import type { Inside, Shown } from "./method.ts";
import { createPeople } from "./people.ts";
import { createPlaces, EVERY_SCOPE } from "./places.ts";
import { createRates } from "./rates.ts";
import { Refusal, TooMany } from "./refusal.ts";
import { valuesOf } from "./request.ts";
import { createResponseUrls } from "./response-urls.ts";
import { createSights } from "./sights.ts";
import { openSocketMode } from "./socket-mode.ts";
import { answerCall } from "./web-api.ts";
import { createWorld } from "./world.ts";

export type LoopbackSlack = Awaited<ReturnType<typeof openLoopbackSlack>>;

/** `subscribed`, `scopes`: as the manifest names them; everything unless told. */
export async function openLoopbackSlack({
  subscribed = null as ReadonlySet<string> | null,
  scopes = EVERY_SCOPE as readonly string[],
} = {}) {
  const world = createWorld();
  const faults: string[] = [];
  const calls: string[] = [];
  const shown: Shown[] = [];
  const refusals: { fitting: RegExp; error: Refusal | TooMany }[] = [];
  const losses: RegExp[] = [];
  const rates = createRates();
  const main = await listen(serve);
  const store = await listen((request, response) => files.serve(request, urlOf(request), response));
  const elsewhere = await listen(serveElsewhere);
  const files = createFiles(world, () => ({
    origin: store.origin,
    login: main.origin,
    elsewhere: elsewhere.origin,
  }));
  const socketMode = openSocketMode(main.server, { world, faults });
  let overHttp: Delivery | null = null;
  const delivery: Delivery = { send: (parcel) => (overHttp ?? socketMode).send(parcel) };
  const events = createEvents(world, delivery, subscribed);
  const inside: Inside = {
    world,
    files,
    faults,
    shown,
    socketUrl: () => socketMode.ticket(main.origin),
    echo(message, change) {
      if (change === "new") void events.message(message);
      else if (change === "changed") void events.changed(message, apiMessage(message));
      else void events.deleted(message);
    },
  };

  const responseUrls = createResponseUrls(inside, () => main.origin);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request);
    const [, part, name = ""] = url.pathname.split("/");
    if (part !== "api" && part !== "response") return serveLogin(response);
    try {
      const values = await valuesOf(request, url);
      if (part === "response")
        return answer(response, 200, { ok: true, ...responseUrls.answer(url.pathname, values) });
      calls.push(name);
      const planned = refusals.findIndex(({ fitting }) => fitting.test(name));
      if (planned >= 0) throw refusals.splice(planned, 1)[0]!.error;
      const token = request.headers.authorization?.replace(/^Bearer /, "") ?? values.text("token");
      const granted = [...world.teams.values()].find((known) => known.token === token)?.scopes;
      const scopes: Record<string, string> =
        granted === undefined ? {} : { "x-oauth-scopes": [...granted].join() };
      const result = answerCall(name, token, values, inside, rates);
      const lost = losses.findIndex((fitting) => fitting.test(name));
      if (lost >= 0) {
        losses.splice(lost, 1);
        response.destroy();
      } else answer(response, 200, { ok: true, ...result }, scopes);
    } catch (error) {
      if (error instanceof Refusal) return answer(response, part === "api" ? 200 : 404, error.body);
      if (error instanceof TooMany)
        return answer(
          response,
          429,
          { ok: false, error: "ratelimited" },
          { "retry-after": String(error.seconds) },
        );
      console.error("loopback Slack:", error);
      answer(response, 500, { ok: false, error: String(error) });
    }
  }

  /** Somebody else's host, to which no token must go. */
  function serveElsewhere(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== undefined) faults.push("the token was sent to another host");
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Elsewhere</title>");
  }

  const places = createPlaces(world, scopes);
  const { team, admin: alice, channel } = places.addTeam();
  const bob = places.addPerson(team.id);

  return {
    ...createPeople({ world, events, delivery, files, faults, responseUrls }),
    ...createSights(world, shown),
    alice,
    bob,
    team,
    /** One that the bot was invited to. */
    channel,
    endpoints: {
      api: `${main.origin}/api/`,
      authorize: `${main.origin}/oauth/v2/authorize`,
      hosts: { protocol: "http:" as const, files: [hostOf(store.origin)], others: [hostOf(main.origin)] },
    },
    world,
    files,
    socketMode,
    events,
    rates,
    faults,
    shown,
    /** Methods called so far. */
    calls,
    /** Refuses the next call, or the next so many, of a method that fits. */
    refuseNext(fitting: RegExp, error: Refusal | TooMany, times = 1): void {
      refusals.push(...Array.from({ length: times }, () => ({ fitting, error })));
    },
    /** Does what the next call that fits asks for, but its answer never arrives. */
    loseNext: (fitting: RegExp) => void losses.push(fitting),
    /** From now on, posts everything to this address instead of speaking through Socket Mode. */
    deliverTo(url: string): void {
      overHttp = createHttpDelivery(url, inside);
    },
    ...places,
    async close(): Promise<void> {
      await socketMode.close();
      for (const { server } of [main, store, elsewhere]) {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    },
  };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    Promise.resolve(handle(request, response)).catch((error: unknown) => {
      console.error("loopback Slack:", error);
      response.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const hostOf = (origin: string) => new URL(origin).host;
const urlOf = (request: IncomingMessage) => new URL(request.url!, "http://loopback");

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** Where whoever may not see a file is sent. */
function serveLogin(response: ServerResponse): void {
  const page =
    "<!DOCTYPE html><html><head><title>Login | Slack</title></head><body>Sign in to acme</body></html>";
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
}
