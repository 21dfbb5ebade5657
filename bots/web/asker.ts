/** Who asks: a random cookie, known to the browser only; what is kept is its hash. A bot says it of its own people. */
import { createHash, randomBytes } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { ASKER_HEADER, readAsker } from "../../src/domain/core-interface.ts";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Asker } from "../../src/domain/question.ts";
import { RoraError } from "../../src/errors.ts";
import { isTrusted } from "./trust.ts";

const webTenant = "web";
const cookieName = "rora_asker";
const maximumAgeSeconds = 180 * 24 * 60 * 60;

/** The asker of this request, or null for someone who never asked. */
export function knownAsker(c: Context): Asker | null {
  if (isTrusted(c)) return readAsker(c.req.header(ASKER_HEADER) ?? "");
  const secret = getCookie(c, cookieName);
  return secret !== undefined && /^[\w-]{32}$/.test(secret) ? askerOf(secret) : null;
}

/** The asker of this request; someone new gets a cookie with the response. Throws RoraError `bad-request` when a bot names nobody. */
export function ensureAsker(c: Context, trustProxy: boolean): Asker {
  const known = knownAsker(c);
  if (known) return known;
  if (isTrusted(c)) {
    throw new RoraError("bad-request", "Say who asks: Rora-Asker with tenant/pseudonym, percent-encoded.");
  }
  const secret = randomBytes(24).toString("base64url");
  setCookie(c, cookieName, secret, {
    httpOnly: true,
    sameSite: "Lax",
    secure: isHttps(c, trustProxy),
    path: "/",
    maxAge: maximumAgeSeconds,
  });
  return askerOf(secret);
}

/** Whose conversations and knowledge the request may see. */
export function tenantOf(c: Context): Tenant {
  return knownAsker(c)?.tenant ?? webTenant;
}

/** After an erasure nothing ties the browser to what was. */
export function forgetAsker(c: Context): void {
  deleteCookie(c, cookieName, { path: "/" });
}

/**
 * Network address for rate limiting: a client can throw its cookie away but hardly its address.
 * IPv6 counts by /64, which is what one household or machine holds.
 */
export function clientAddress(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = forwarded ?? socketAddress(c) ?? "unknown";
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}

function askerOf(secret: string): Asker {
  // The cookie opens "what is kept of me", so that the database must not hold it. 192 random bits need no key.
  return { tenant: webTenant, pseudonym: createHash("sha256").update(secret).digest("base64url") };
}

function isHttps(c: Context, trustProxy: boolean): boolean {
  if (trustProxy && c.req.header("x-forwarded-proto") === "https") return true;
  return new URL(c.req.url).protocol === "https:";
}

function socketAddress(c: Context): string | undefined {
  // Requests made in the process (tests) have no socket.
  return c.env && "incoming" in c.env ? getConnInfo(c).remote.address : undefined;
}
