/** For whoever runs it: alive, ready, figures. */
import { Hono } from "hono";
import type { WebMetrics } from "../metrics.ts";
import type { Dependency, WebOptions } from "../options.ts";

export function operationRoutes(
  options: Pick<WebOptions, "readiness">,
  metrics: WebMetrics,
  shutdown: () => boolean,
): Hono {
  const routes = new Hono();

  routes.get("/health", (c) => c.json({ alive: true }));

  routes.get("/ready", async (c) => {
    const dependencies: Record<string, Dependency> = {
      ...(await options.readiness()),
      server: shutdown() ? { ok: false, detail: "stopping" } : { ok: true, detail: "listening" },
    };
    const ready = Object.values(dependencies).every(({ ok, needed = true }) => ok || !needed);
    return c.json({ ready, dependencies }, ready ? 200 : 503);
  });

  routes.get("/metrics", async (c) => {
    const { text, contentType } = await metrics.expose();
    return c.body(text, 200, { "Content-Type": contentType });
  });
  return routes;
}
