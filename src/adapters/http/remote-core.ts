/** A core in another process, as its bots see it. */
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { ASKER_HEADER, writeAsker } from "../../domain/core-interface.ts";
import type { Asker } from "../../domain/question.ts";
import type { Assistant } from "../../ports.ts";
import { createRemoteAssistant, PATIENCE, type Patience } from "./assistant.ts";
import { type CoreAddress, type CoreRequest, createConnection } from "./connection.ts";
import { ConnectionLost, isPassing, noCore, readRefusal, toFault } from "./faults.ts";

/** Further attempts of requests that are not questions; each may be repeated without harm. */
const RETRIES = 4;
/** Milliseconds that looking whether a core is ready may take. */
const READINESS_LIMIT = 10_000;

type Readiness = Record<string, { readonly ok: boolean; readonly detail: string }>;

export interface RemoteCore {
  readonly assistant: Assistant;
  /** Hands a request on, in the name of `asker`; resolves to the core's answer, refusals included. Throws RoraError `unavailable`. */
  forward(request: CoreRequest & { readonly asker: Asker | null }): Promise<Response>;
  /** The core's dependencies by name, and the core itself as `core`. Throws RoraError `unavailable` or `unauthorized`. */
  readiness(): Promise<Readiness>;
}

/** Asks nothing yet: the core may start later. */
export function createRemoteCore(address: CoreAddress, patience: Patience = PATIENCE): RemoteCore {
  const connection = createConnection(address);
  const tryingAgain = retry(handleWhen(isPassing), {
    maxAttempts: RETRIES,
    backoff: new ExponentialBackoff(patience),
  });

  async function send(request: CoreRequest): Promise<Response> {
    try {
      return await tryingAgain.execute(() => connection(request), request.signal);
    } catch (error) {
      request.signal.throwIfAborted();
      throw toFault(error);
    }
  }
  return {
    assistant: createRemoteAssistant(connection, patience),

    forward: ({ asker, headers, ...rest }) =>
      send({ ...rest, headers: { ...headers, ...(asker && { [ASKER_HEADER]: writeAsker(asker) }) } }),

    async readiness() {
      const signal = AbortSignal.timeout(READINESS_LIMIT);
      const response = await send({ method: "GET", path: "/ready", signal }).catch((error: unknown) => {
        throw toFault(error === signal.reason ? new ConnectionLost("no answer in time") : error);
      });
      const text = await response.text();
      const refusal = readRefusal(text);
      if (refusal !== null) throw refusal;
      return readReadiness(text);
    },
  };
}

function readReadiness(text: string): Readiness {
  try {
    const { dependencies } = JSON.parse(text) as { dependencies: Readiness };
    const { server, ...others } = dependencies;
    return { core: server!, ...others };
  } catch (cause) {
    throw noCore(cause);
  }
}
