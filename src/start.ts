/** The only place where the parts meet: opens them, introduces them to each other, closes them in reverse order. */
import { setTimeout as sleep } from "node:timers/promises";
import { createWebServer } from "../bots/web/main.ts";
import type { WebOptions } from "../bots/web/options.ts";
import { drawRelevanceOverlay } from "./adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "./adapters/sharp/thumbnail.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { closingOnFailure } from "./closers.ts";
import type { Config } from "./config.ts";
import { RoraError } from "./errors.ts";
import { teach } from "./knowledge/teach.ts";
import type { Logger } from "./log.ts";
import { portFault } from "./port.ts";
import { type Core, openCore, readiness, type StartOptions } from "./start/core.ts";

/** Milliseconds that questions aborted while stopping get to tell the ledger so. */
const LAST_WORDS = 5_000;

/** What the web chat gets. */
export function webOptions(
  { stores, model }: Core,
  admission: Admission,
  config: Config,
  log: Logger,
): WebOptions {
  return {
    ...config.web,
    assistant: admission,
    ledger: stores.ledger,
    store: stores.store,
    teach: (lesson) => teach(lesson, { ...model, store: stores.store, index: stores.index }),
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    readiness: () => readiness(stores, model),
    log,
    limits: config.limits,
  };
}

export interface Running {
  /** Where people open the web chat. */
  readonly url: string;
  /** Lets running questions finish (up to DRAIN_SECONDS) and closes everything in reverse order. */
  close(): Promise<void>;
}

/** Starts Rora with its web chat. Throws RoraError that says what to do; then nothing is left open. */
export function start(config: Config, log: Logger, options: StartOptions): Promise<Running> {
  return closingOnFailure(async (closers) => {
    const { hostname, port } = config.web;
    // Listening comes last; but nobody should watch the atlas being learnt only to hear that the port is taken.
    if ((await portFault(hostname, port)) === "EADDRINUSE") {
      throw new RoraError(
        "unavailable",
        `Port ${port} is already in use. Stop the other program or set PORT to another number.`,
      );
    }
    const core = await openCore(config, log, options);
    closers.add(core.close);
    const { questionsAtOnce: atOnce, queue: queueLimit } = config.limits;
    const admission = createAdmission(core.assistant, { atOnce, queueLimit });
    const web = createWebServer(webOptions(core, admission, config, log));
    closers.add(async () => {
      const drained = admission.drain();
      await web.stop();
      await Promise.race([drained, sleep(LAST_WORDS, undefined, { ref: false })]);
    });
    const { url } = await web.start();
    return { url, close: closers.close };
  });
}
