/** Calls to a Qdrant server: with time limits, tried again where that may help, and given up fast while it is down. */
import { QdrantClient } from "@qdrant/js-client-rest";
import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from "cockatiel";
import { RoraError } from "../../errors.ts";
import { isPassing, isTimeout, plainError } from "./plain-errors.ts";

export interface QdrantAddress {
  /** `https://…` speaks TLS. Port 6333 unless it names one; a path is kept, for servers behind a proxy. */
  readonly url: string;
  readonly apiKey?: string | undefined;
}

export interface Patience {
  /** Milliseconds a search or a look at the server may take: a person is waiting. */
  readonly read: number;
  /** Milliseconds a write may take. Qdrant holds writes back while it optimises. */
  readonly write: number;
  /** Milliseconds for which nothing is asked of a server that failed `FAILURES` times in a row. */
  readonly pause: number;
}

const PATIENCE: Patience = { read: 5_000, write: 60_000, pause: 5_000 };
/** Further tries of a call that failed for a passing reason. */
const RETRIES = 2;
/** Milliseconds before these, growing and with jitter, so that replicas do not come back all at once. */
const BACKOFF = { initialDelay: 50, maxDelay: 1_000 };
const FAILURES = 5;
/** Oldest server the client is made for (one minor version below its own); older ones also lack collection metadata. */
const OLDEST = [1, 17] as const;

type Work<Result> = (client: QdrantClient) => Promise<Result>;

/** Every call throws RoraError `unavailable`. All calls made here may be repeated without harm. */
export interface Connection {
  read<Result>(work: Work<Result>): Promise<Result>;
  write<Result>(work: Work<Result>): Promise<Result>;
}

/** Asks nothing yet; the first call checks the server's version, once. */
export function createConnection(address: QdrantAddress, patience: Patience = PATIENCE): Connection {
  const policy = createPolicy(patience.pause);
  const readers = createClient(address, patience.read);
  const writers = createClient(address, patience.write);
  let greeted: Promise<void> | undefined;

  async function greet(): Promise<void> {
    checkVersion(await policy.execute(() => readers.versionInfo()));
  }

  async function call<Result>(client: QdrantClient, work: Work<Result>): Promise<Result> {
    try {
      greeted ??= greet().catch((error: unknown) => {
        greeted = undefined;
        throw error;
      });
      await greeted;
      return await policy.execute(() => work(client));
    } catch (error) {
      throw plainError(error);
    }
  }
  return { read: (work) => call(readers, work), write: (work) => call(writers, work) };
}

/** A time-out counts as a failure but is not tried again: who waited once should not wait three times. */
function createPolicy(pause: number): IPolicy {
  const tryingAgain = retry(handleWhen(isPassing), {
    maxAttempts: RETRIES,
    backoff: new ExponentialBackoff(BACKOFF),
  });
  const breaker = circuitBreaker(
    handleWhen((error) => isPassing(error) || isTimeout(error)),
    { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(FAILURES) },
  );
  return wrap(tryingAgain, breaker);
}

/** The client drops the path of a `url` and takes port 443 for "no port": it gets the parts instead. */
function createClient({ url, apiKey }: QdrantAddress, timeout: number): QdrantClient {
  const { protocol, hostname, pathname } = new URL(url);
  const [, port = "6333"] = /^https?:\/\/[^/?#]*?:(\d+)(?:[/?#]|$)/i.exec(url) ?? [];
  return new QdrantClient({
    host: hostname,
    port: Number(port),
    https: protocol === "https:",
    prefix: pathname.replace(/\/+$/, ""),
    timeout,
    // As a header: given as `apiKey`, the client complains on the console about http.
    ...(apiKey === undefined ? {} : { headers: { "api-key": apiKey } }),
    // It would write to the console; the version is checked here.
    checkCompatibility: false,
  });
}

function checkVersion(info: unknown): void {
  const version = (info as { readonly version?: unknown } | null)?.version;
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(String(version)) ?? [];
  if (typeof version !== "string" || major === undefined)
    throw new Error("no version in the answer to GET /");
  if (Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1])) return;
  throw new RoraError(
    "unavailable",
    `The Qdrant server has version ${version.slice(0, 20)}, but ${OLDEST.join(".")} or newer is needed: update it, one minor version at a time.`,
  );
}
