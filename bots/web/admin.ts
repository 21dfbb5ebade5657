/** Keeps everybody out but who holds the administrator's token. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { RoraError } from "../../src/errors.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Requires `Authorization: Bearer TOKEN`. Digests are compared, in equal time whatever was sent. */
export function requireAdmin(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (token === undefined) {
      throw new RoraError("unauthorized", "Teaching is off here: set ADMIN_TOKEN to allow it.");
    }
    const sent = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    if (!timingSafeEqual(digest(sent), digest(token))) {
      throw new RoraError("unauthorized", "Send the administrator's token as a bearer token.");
    }
    await next();
  };
}
