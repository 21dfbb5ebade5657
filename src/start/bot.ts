/** A bot in a process of its own: a core elsewhere answers, and what the bot must remember is in the database that both share. */
import { createWebServer } from "../../bots/web/main.ts";
import type { Closers } from "../closers.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { ServingOptions } from "../start.ts";
import { openBots, startBots, stopBots } from "./bots.ts";
import { openStores } from "./stores.ts";
import { forwardingWebOptions, openRemoteCore } from "./web.ts";

/** The core may start later. Of the web, only /health, /ready, /metrics and what the platform itself sends are served. */
export async function openBot(config: Config, log: Logger, options: ServingOptions, closers: Closers) {
  const stores = await openStores(config, closers);
  await stores.database.migrate();
  options.signal.throwIfAborted();
  const core = openRemoteCore(config);
  const about = async () => ({
    model: (await core.readiness()).model?.detail ?? "in another process",
    entities: (await stores.store.counts()).entities,
  });
  const bots = await openBots({ stores, about }, core.assistant, config, log, options);
  const web = createWebServer(forwardingWebOptions(core, config, log, bots));
  closers.add(async () => {
    await Promise.all([web.stop(), stopBots(bots)]);
  });
  return async () => {
    const listening = await web.start();
    await startBots(bots);
    return listening;
  };
}
