/** What keeps other sites out of a server that often listens on somebody's own machine. */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { RoraError } from "../../src/errors.ts";

const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];
/** Probes address a machine by number, and learn nothing here. */
const probePaths = ["/health", "/ready"];

/** Refuses requests addressed to a foreign name: DNS rebinding makes a page's own name point at this machine. */
export function hostCheck(allowedHosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set([...loopbackHosts, ...allowedHosts.map((host) => host.toLowerCase())]);
  return async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (!allowed.has("*") && !allowed.has(hostname) && !probePaths.includes(c.req.path)) {
      throw new RoraError(
        "unauthorized",
        "This address is not one Rora answers to. Add it to ALLOWED_HOSTS.",
      );
    }
    await next();
  };
}

/**
 * Refuses changes asked for by another site's page. Browsers always send Sec-Fetch-Site or Origin with these;
 * programs send neither and carry no cookies by accident, so they pass (hono's csrf would refuse them).
 */
export const sameSiteOnly: MiddlewareHandler = async (c, next) => {
  const changes = !["GET", "HEAD", "OPTIONS"].includes(c.req.method);
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const foreign =
    site === undefined
      ? origin !== undefined && hostOf(origin) !== hostOf(c.req.url)
      : site !== "same-origin" && site !== "none";
  if (changes && foreign) {
    throw new RoraError("unauthorized", "This request came from another site and was refused.");
  }
  await next();
};

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

/** No inline script or style, nothing from elsewhere, no framing; blob: is the picture just chosen. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", "blob:"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: { geolocation: [], microphone: [], payment: [], usb: [] },
  // Whoever terminates TLS decides that; on plain localhost it means nothing.
  strictTransportSecurity: false,
});
