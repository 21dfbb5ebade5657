/** Keeps everybody out but who holds the administrator's token. */
import type { MiddlewareHandler } from "hono";
import { RoraError } from "../../src/errors.ts";
import { isSecret } from "./secret.ts";

/** Requires `Authorization: Bearer TOKEN`. */
export function requireAdmin(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (token === undefined) {
      throw new RoraError("unauthorized", "Teaching is off here: set ADMIN_TOKEN to allow it.");
    }
    const sent = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    if (!isSecret(sent, token)) {
      throw new RoraError("unauthorized", "Send the administrator's token as a bearer token.");
    }
    await next();
  };
}
