/** Events → server-sent events, each named by its kind; a fault on the way becomes an `error` event. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { KEEP_ALIVE_MILLISECONDS } from "../../src/domain/core-interface.ts";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Logger } from "../../src/log.ts";
import { renderFailure } from "./failure.ts";

export interface StreamOptions {
  readonly interactionId: string;
  /** Called when the client goes away. */
  readonly abort: () => void;
  /** The data of an event, as JSON. */
  readonly write: (event: AssistantEvent) => string;
  readonly log: Logger;
}

/** Streams until the events end. */
export function streamEvents(
  c: Context,
  events: AsyncIterable<AssistantEvent>,
  { interactionId, abort, write, log }: StreamOptions,
): Response {
  // Without this nginx would hold the words back until the answer is complete.
  c.header("X-Accel-Buffering", "no");
  return streamSSE(c, async (stream) => {
    stream.onAbort(abort);
    // Proxies drop connections that are silent for long, and bots give up cores that are.
    const keepAlive = setInterval(() => void stream.write(": keep-alive\n\n"), KEEP_ALIVE_MILLISECONDS);
    try {
      for await (const event of events) {
        await stream.writeSSE({ event: event.kind, data: write(event) });
      }
    } catch (error) {
      if (stream.aborted) return;
      const failure = renderFailure(error, interactionId);
      if (failure.unexpected) log.error({ err: error, interactionId }, "question failed");
      await stream.writeSSE({ event: "error", data: JSON.stringify(failure.body) });
    } finally {
      clearInterval(keepAlive);
    }
  });
}

/**
 * Waits for the first event, so that a refusal (busy, an unreadable picture) still gets its own status,
 * then gives all events including that one.
 */
export async function afterFirst<T>(source: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      if (first.done) return;
      yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
