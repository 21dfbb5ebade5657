/** Bots of the same installation, known by the core's token. They say who asks, and limit their askers themselves. */
import type { Context, MiddlewareHandler } from "hono";
import { CORE_TOKEN_HEADER } from "../../src/domain/core-interface.ts";
import { RoraError } from "../../src/errors.ts";
import { isSecret } from "./secret.ts";

/** Refuses a wrong token anywhere. What it finds is asked by `isTrusted`. */
export function recogniseBots(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const sent = c.req.header(CORE_TOKEN_HEADER);
    if (sent !== undefined) {
      if (token === undefined || !isSecret(sent, token)) {
        throw new RoraError(
          "unauthorized",
          "The core refuses this token: whoever runs Rora should set the same CORE_TOKEN there and here.",
        );
      }
      c.set("trusted", true);
    }
    await next();
  };
}

export function isTrusted(c: Context): boolean {
  return c.get("trusted") === true;
}

/** Lets in nobody else. */
export const botsOnly: MiddlewareHandler = async (c, next) => {
  if (!isTrusted(c)) {
    throw new RoraError("unauthorized", "Only bots that hold the CORE_TOKEN are answered here.");
  }
  await next();
};

/** The same guard, for everybody but them. */
export function forOthers(guard: MiddlewareHandler): MiddlewareHandler {
  return async (c, next) => (isTrusted(c) ? next() : guard(c, next));
}
