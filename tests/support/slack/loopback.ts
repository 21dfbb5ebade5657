/** A Slack of our own on this machine: Web API, Socket Mode and files that enforce what Slack enforces. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Delivery } from "./delivery.ts";
import { createEvents } from "./events.ts";
import { createFiles } from "./files.ts";
import { createHttpDelivery } from "./http-delivery.ts";
import { apiMessage, textOf } from "./message-parts.ts";
import type { Inside } from "./method.ts";
import { createPeople } from "./people.ts";
import { createPlaces } from "./places.ts";
import { createRates } from "./rates.ts";
import { Refusal, TooMany } from "./refusal.ts";
import { valuesOf } from "./request.ts";
import { createResponseUrls } from "./response-urls.ts";
import { openSocketMode } from "./socket-mode.ts";
import { modalsOf } from "./view-methods.ts";
import { answerCall } from "./web-api.ts";
import { createWorld, type Person, type StoredMessage } from "./world.ts";

export type LoopbackSlack = Awaited<ReturnType<typeof openLoopbackSlack>>;

/** `subscribed`: events as the manifest names them; everything unless told. */
export async function openLoopbackSlack({ subscribed = null as ReadonlySet<string> | null } = {}) {
  const world = createWorld();
  const faults: string[] = [];
  const calls: string[] = [];
  const refusals: { fitting: RegExp; error: Refusal | TooMany }[] = [];
  const rates = createRates();
  const main = await listen((request, response) => void serve(request, response));
  const store = await listen((request, response) => void files.serve(request, urlOf(request), response));
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
    shown: [],
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
      answer(response, 200, { ok: true, ...answerCall(name, token, values, inside, rates) });
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

  const places = createPlaces(world);
  const { team, admin: alice, channel } = places.addTeam();
  const bob = places.addPerson(team.id);
  const isOwn = ({ user, team: id }: StoredMessage) => user === world.teams.get(id)!.botUser;
  const answersIn = (channelId: string, thread?: StoredMessage) =>
    [...world.messages.values()].filter(
      (message) =>
        message.channel === channelId &&
        isOwn(message) &&
        (thread === undefined || message.threadTs === thread.ts),
    );

  return {
    ...createPeople(world, events, delivery, files, faults, alice, responseUrls),
    bob,
    team,
    /** One that the bot was invited to. */
    channel,
    endpoints: {
      api: `${main.origin}/api/`,
      hosts: { protocol: "http:" as const, files: [hostOf(store.origin)], others: [hostOf(main.origin)] },
    },
    world,
    files,
    socketMode,
    events,
    rates,
    faults,
    shown: inside.shown,
    /** Methods called so far. */
    calls,
    /** Refuses the next call, or the next so many, of a method that fits. */
    refuseNext(fitting: RegExp, error: Refusal | TooMany, times = 1): void {
      refusals.push(...Array.from({ length: times }, () => ({ fitting, error })));
    },
    /** From now on, posts everything to this address instead of speaking through Socket Mode. */
    deliverTo(url: string): void {
      overHttp = createHttpDelivery(url, inside);
    },
    ...places,
    /** What the bot has said in a conversation, or in one thread there, oldest first. */
    answersIn,
    /** Their words, as people read them. */
    textsIn: (channelId: string, thread?: StoredMessage) => answersIn(channelId, thread).map(textOf),
    /** What a person has open, the topmost last. */
    modalsOf: (person: Person = alice) => modalsOf(world, person.id),
    homeOf: (person: Person = alice) => world.homes.get(`${person.team} ${person.id}`),
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
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; origin: string }> {
  const server = createServer(handle);
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
