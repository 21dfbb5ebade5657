/** The only place where the parts meet: opens them, introduces them to each other, closes them in reverse order. */
import { setTimeout as sleep } from "node:timers/promises";
import { createWebServer } from "../bots/web/main.ts";
import { createAdmission } from "./admission.ts";
import { type Closers, closingOnFailure } from "./closers.ts";
import type { Config } from "./config.ts";
import { RoraError } from "./errors.ts";
import type { Logger } from "./log.ts";
import { portFault } from "./port.ts";
import { openBot } from "./start/bot.ts";
import { openBots, type PlatformEndpoints, startBots, stopBots } from "./start/bots.ts";
import { openCore, type StartOptions } from "./start/core.ts";
import { coreWebOptions, forwardingWebOptions, openRemoteCore } from "./start/web.ts";

/** Milliseconds that questions aborted while stopping get to tell the ledger so. */
const LAST_WORDS = 5_000;

export interface Running {
  /** Where people open the web chat, or bots find the core. */
  readonly url: string;
  /** Lets running questions finish (up to DRAIN_SECONDS) and closes everything in reverse order. */
  close(): Promise<void>;
}

export interface ServingOptions extends StartOptions, PlatformEndpoints {}

/** Starts Rora in its role. Throws RoraError that says what to do; then nothing is left open. */
export function start(config: Config, log: Logger, options: ServingOptions): Promise<Running> {
  return closingOnFailure(async (closers) => {
    const { hostname, port } = config.web;
    // Listening comes last; but nobody should watch the atlas being learnt only to hear that the port is taken.
    if ((await portFault(hostname, port)) === "EADDRINUSE") {
      throw new RoraError(
        "unavailable",
        `Port ${port} is already in use. Stop the other program or set PORT to another number.`,
      );
    }
    const start = await openRole(config, log, options, closers);
    const { url } = await start();
    return { url, close: closers.close };
  });
}

function openRole(config: Config, log: Logger, options: ServingOptions, closers: Closers) {
  if (config.core === null) return openOwnCore(config, log, options, closers);
  return config.role === "web" ? openWeb(config, log, closers) : openBot(config, log, options, closers);
}

async function openOwnCore(config: Config, log: Logger, options: ServingOptions, closers: Closers) {
  const core = await openCore(config, log, options);
  closers.add(core.close);
  const { questionsAtOnce: atOnce, queue: queueLimit } = config.limits;
  const admission = createAdmission(core.assistant, { atOnce, queueLimit });
  const bots = await openBots(core, admission, config, log, options);
  const web = createWebServer(coreWebOptions(core, admission, config, log, bots));
  closers.add(async () => {
    const drained = admission.drain();
    await Promise.all([web.stop(), stopBots(bots)]);
    await Promise.race([drained, sleep(LAST_WORDS, undefined, { ref: false })]);
  });
  return async () => {
    const listening = await web.start();
    await startBots(bots);
    return listening;
  };
}

/** The web chat alone; its core may start later. */
async function openWeb(config: Config, log: Logger, closers: Closers) {
  const web = createWebServer(forwardingWebOptions(openRemoteCore(config), config, log));
  closers.add(web.stop);
  return web.start;
}
