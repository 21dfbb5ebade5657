/** Events → server-sent events, each named by its kind; a fault on the way becomes an `error` event. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Logger } from "../../src/log.ts";
import { renderFailure } from "./failure.ts";
import { renderEvent } from "./render.ts";

/** Proxies drop connections that are silent for long. */
const keepAliveMilliseconds = 15_000;

/** Streams until the events end. `abort` is called when the client goes away. */
export function streamEvents(
  c: Context,
  events: AsyncIterable<AssistantEvent>,
  options: { readonly interactionId: string; readonly abort: () => void; readonly log: Logger },
): Response {
  const { interactionId, abort, log } = options;
  // Without this nginx would hold the words back until the answer is complete.
  c.header("X-Accel-Buffering", "no");
  return streamSSE(c, async (stream) => {
    stream.onAbort(abort);
    const keepAlive = setInterval(() => void stream.write(": keep-alive\n\n"), keepAliveMilliseconds);
    try {
      for await (const event of events) {
        await stream.writeSSE({ event: event.kind, data: JSON.stringify(renderEvent(event)) });
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
