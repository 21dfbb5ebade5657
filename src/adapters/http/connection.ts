/** Requests to a core, with the token. */
import { ReadableStream } from "node:stream/web";
import { CORE_TOKEN_HEADER, KEEP_ALIVE_MILLISECONDS } from "../../domain/core-interface.ts";
import { ConnectionLost, noCore } from "./faults.ts";

export interface CoreAddress {
  /** A core, or what stands in front of several. A path is kept. */
  readonly url: string;
  readonly token: string;
}

export interface CoreRequest {
  readonly method: string;
  /** With the query, as in `/api/entities?query=Chad`. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array<ArrayBuffer> | FormData;
  readonly signal: AbortSignal;
}

/** Milliseconds a core may be silent; it speaks more often than that. */
const LONGEST_SILENCE = 3 * KEEP_ALIVE_MILLISECONDS;
/** Followed, they could carry the token elsewhere. */
const REDIRECTS = [301, 302, 303, 307, 308];
/** What proxies answer when nobody behind them does. */
const GATEWAY_FAULTS = [502, 503, 504];

export type Connection = (request: CoreRequest) => Promise<Response>;

/**
 * Resolves to the core's answer, whatever its status. Throws ConnectionLost, also while the body is read, the signal's
 * reason, and RoraError `unavailable` when it is sent elsewhere.
 */
export function createConnection({ url, token }: CoreAddress, longestSilence = LONGEST_SILENCE): Connection {
  const base = url.replace(/\/+$/, "");
  return async ({ method, path, headers, body, signal }) => {
    const silence = createSilence(signal, longestSilence);
    const lost = (cause: unknown) => {
      silence.end();
      return signal.aborted ? signal.reason : new ConnectionLost("the core is gone", { cause });
    };
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, [CORE_TOKEN_HEADER]: token },
      signal: silence.signal,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    }).catch((cause: unknown) => {
      throw lost(cause);
    });
    if (REDIRECTS.includes(response.status)) {
      silence.end();
      await response.body?.cancel();
      throw noCore(`status ${response.status}: a redirect`);
    }
    const isOurs = response.headers.get("content-type")?.includes("json") === true;
    if (GATEWAY_FAULTS.includes(response.status) && !isOurs) {
      await response.body?.cancel();
      throw lost(new Error(`status ${response.status}`));
    }
    const { status, headers: received } = response;
    if (response.body === null) silence.end();
    const stream =
      response.body &&
      ReadableStream.from(watched(response.body as unknown as AsyncIterable<Uint8Array>, silence, lost));
    return new Response(stream as BodyInit | null, { status, headers: received });
  };
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  silence: ReturnType<typeof createSilence>,
  lost: (cause: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      silence.broken();
      yield chunk;
    }
  } catch (cause) {
    throw lost(cause);
  } finally {
    silence.end();
  }
}

/** A signal that is aborted with the asker's, or after so long without a word. */
function createSilence(asker: AbortSignal, longest: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`silent for ${longest} ms`)), longest);
  return {
    signal: AbortSignal.any([asker, controller.signal]),
    broken: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}
