/** What the web chat gets: a core of its own, or one in another process. */
import type { CoreWebOptions, ForwardingWebOptions } from "../../bots/web/options.ts";
import { createRemoteCore, type RemoteCore } from "../adapters/http/remote-core.ts";
import { drawRelevanceOverlay } from "../adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "../adapters/sharp/thumbnail.ts";
import type { Admission } from "../admission.ts";
import type { Config } from "../config.ts";
import { RoraError } from "../errors.ts";
import { teach } from "../knowledge/teach.ts";
import type { Logger } from "../log.ts";
import { type Bots, botsInWeb } from "./bots.ts";
import { type Core, readiness } from "./core.ts";

/** Of a process that answers questions itself. */
export function coreWebOptions(
  { stores, model }: Pick<Core, "stores" | "model">,
  admission: Admission,
  config: Config,
  log: Logger,
  bots: Partial<Bots> = {},
): CoreWebOptions {
  const joined = botsInWeb(bots, { needed: false });
  return {
    ...joined,
    ...config.web,
    assistant: admission,
    ledger: stores.ledger,
    store: stores.store,
    teach: (lesson) => teach(lesson, { ...model, store: stores.store, index: stores.index }),
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    readiness: async () => ({ ...(await readiness(stores, model)), ...joined.readiness() }),
    log,
    limits: config.limits,
  };
}

/** Of a process that asks a core. */
export function forwardingWebOptions(
  core: RemoteCore,
  config: Config,
  log: Logger,
  bots: Partial<Bots> = {},
): ForwardingWebOptions {
  const joined = botsInWeb(bots, { needed: true });
  return {
    ...joined,
    ...config.web,
    assistant: core.assistant,
    forward: core.forward,
    readiness: async () => ({ ...(await core.readiness().catch(notReady)), ...joined.readiness() }),
    log,
    limits: config.limits,
  };
}

/** The core at CORE_URL, which is not asked before it is needed. */
export function openRemoteCore({ core }: Pick<Config, "core">): RemoteCore {
  if (core === null) throw new Error("this role has a core of its own");
  return createRemoteCore(core);
}

function notReady(fault: unknown) {
  const detail = fault instanceof RoraError ? fault.message : "does not answer";
  return { core: { ok: false, detail } };
}
