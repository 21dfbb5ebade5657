/** All routes behind the same guards. Testable without a socket. */
import { Hono } from "hono";
import { RoraError } from "../../src/errors.ts";
import { renderFailure } from "./failure.ts";
import { hostCheck, sameSiteOnly, securityHeaders } from "./guard.ts";
import { createWebMetrics } from "./metrics.ts";
import { openApiDocument } from "./openapi.ts";
import type { CoreWebOptions, ForwardingWebOptions } from "./options.ts";
import { createTokenBuckets, rateLimit } from "./rate-limit.ts";
import { askRoutes } from "./routes/ask.ts";
import { coreAskRoutes } from "./routes/core-ask.ts";
import { entityRoutes } from "./routes/entities.ts";
import { forwardedRoutes } from "./routes/forwarded.ts";
import { interactionRoutes } from "./routes/interactions.ts";
import { meRoutes } from "./routes/me.ts";
import { operationRoutes } from "./routes/operations.ts";
import { exampleRoutes, pageRoutes } from "./routes/page.ts";
import { botsOnly, forOthers, recogniseBots } from "./trust.ts";

export type WebApp = Hono<{ Variables: { interactionId: string } }>;
/** Whether questions are answered in this process or in another one. */
export type AppOptions = CoreWebOptions | ForwardingWebOptions;

/** `shutdown` aborts running questions; `stopping` tells /ready that no new ones should come. */
export function createWebApp(options: AppOptions, shutdown: AbortSignal, stopping: () => boolean): WebApp {
  const { limits, log, trustProxy } = options;
  const app: WebApp = new Hono();
  const metrics = createWebMetrics(options.gauges);
  const limit = (perMinute: number, capacity: number) =>
    forOthers(rateLimit(createTokenBuckets({ perMinute, capacity }), trustProxy));
  const limitWriting = limit(limits.questionsPerMinute, Math.max(5, limits.questionsPerMinute / 2));

  app.use(metrics.countRequests, securityHeaders, recogniseBots(options.coreToken));
  app.use(forOthers(hostCheck(options.allowedHosts)), sameSiteOnly);
  if (!options.page) app.use("/api/*", botsOnly);
  app.use("/api/*", limit(limits.requestsPerMinute, limits.requestsPerMinute));
  app.post("/api/ask", limitWriting);
  app.post("/api/interactions/*", limitWriting);
  app.post("/api/entities", limitWriting);

  app.route("/api/ask", askRoutes(options, metrics, shutdown));
  app.route("/api/core/ask", coreAskRoutes(options, metrics, shutdown));
  if ("forward" in options) app.route("/api", forwardedRoutes(options));
  else {
    app.route("/api/interactions", interactionRoutes(options));
    app.route("/api/entities", entityRoutes(options));
    app.route("/api/me", meRoutes(options));
  }
  app.route("/api/examples", exampleRoutes());
  app.get("/api/openapi.json", (c) => c.json(openApiDocument()));
  app.route("/", operationRoutes(options, metrics, stopping));
  if (options.page) app.route("/", pageRoutes());

  app.notFound(() => {
    throw new RoraError("not-found", "There is nothing at this address.");
  });
  app.onError((error, c) => {
    const interactionId = c.get("interactionId");
    const failure = renderFailure(error, interactionId);
    if (failure.unexpected && !c.req.raw.signal.aborted) {
      log.error({ err: error, interactionId, path: c.req.path }, "request failed");
    }
    return c.json(failure.body, failure.status, failure.headers);
  });
  return app;
}
