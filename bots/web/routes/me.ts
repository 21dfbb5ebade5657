/** /api/me: what is kept of the person whose browser asks, and erasing it. */
import { Hono } from "hono";
import { forgetAsker, knownAsker } from "../asker.ts";
import type { CoreWebOptions } from "../options.ts";

export function meRoutes({ ledger }: Pick<CoreWebOptions, "ledger">): Hono {
  const routes = new Hono();

  routes.get("/", async (c) => {
    const asker = knownAsker(c);
    c.header("Cache-Control", "no-store");
    return c.json(asker ? await ledger.exportPerson(asker) : { interactions: [] });
  });

  routes.delete("/", async (c) => {
    const asker = knownAsker(c);
    const erased = asker ? await ledger.erasePerson(asker) : 0;
    forgetAsker(c);
    return c.json({ erased });
  });
  return routes;
}
