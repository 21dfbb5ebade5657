/** What a core in another process answers besides questions: the same addresses, handed on in the asker's name. */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { StatusCode } from "hono/utils/http-status";
import { RoraError } from "../../../src/errors.ts";
import { ensureAsker, forgetAsker, knownAsker } from "../asker.ts";
import type { ForwardingWebOptions } from "../options.ts";
import { imageTooLarge } from "../receive.ts";

/** A lesson is the largest body: as many of the largest pictures as the core takes. */
const LARGEST_BODY_PICTURES = 4;
/** Cookies are between the browser and this process; the rest concerns nobody. */
const SENT_ON = ["accept", "authorization", "content-type", "if-none-match"];
const SENT_BACK = ["cache-control", "content-type", "etag", "retry-after"];

export function forwardedRoutes({ forward, limits, trustProxy }: ForwardingWebOptions): Hono {
  const routes = new Hono();
  const refuseLarge = bodyLimit({
    maxSize: LARGEST_BODY_PICTURES * limits.imageBytes,
    onError: () => {
      throw imageTooLarge(limits.imageBytes);
    },
  });

  const handOn = async (c: Context, asker = knownAsker(c)) => {
    const { pathname, search } = new URL(c.req.url);
    const hasBody = c.req.method === "POST";
    return forward({
      method: c.req.method,
      path: `${pathname}${search}`,
      headers: chosen(SENT_ON, (name) => c.req.header(name)),
      ...(hasBody && { body: new Uint8Array(await c.req.arrayBuffer()) }),
      asker,
      signal: c.req.raw.signal,
    });
  };
  const handle = async (c: Context) => giveBack(c, await handOn(c));

  routes.get("/interactions/:id", handle);
  routes.get("/interactions/:id/relevance.png", handle);
  routes.post("/interactions/:id/feedback", refuseLarge, async (c) =>
    giveBack(c, await handOn(c, ensureAsker(c, trustProxy))),
  );
  routes.get("/entities", handle);
  // Who brings no token at all need not fill the memory first.
  routes.post("/entities", someToken, refuseLarge, handle);
  routes.get("/entities/:id/image", handle);
  routes.get("/me", handle);
  routes.delete("/me", async (c) => {
    const answer = await handOn(c);
    if (answer.ok) forgetAsker(c);
    return giveBack(c, answer);
  });
  return routes;
}

/** Through the context, which adds the cookies. */
function giveBack(c: Context, { status, headers, body }: Response): Response {
  const kept = chosen(SENT_BACK, (name) => headers.get(name) ?? undefined);
  return c.newResponse(body, status as StatusCode, kept);
}

function chosen(names: readonly string[], read: (name: string) => string | undefined) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = read(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const someToken: MiddlewareHandler = async (c, next) => {
  if (c.req.header("authorization") === undefined) {
    throw new RoraError("unauthorized", "Send the administrator's token as a bearer token.");
  }
  await next();
};
