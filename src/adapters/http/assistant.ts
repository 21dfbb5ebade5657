/** The assistant of a core in another process. */
import { setTimeout as sleep } from "node:timers/promises";
import { ExponentialBackoff } from "cockatiel";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { createEventReader } from "../../domain/event-json.ts";
import type { AssistantEvent } from "../../domain/events.ts";
import type { Question } from "../../domain/question.ts";
import type { Assistant } from "../../ports.ts";
import type { Connection } from "./connection.ts";
import { createContinuation } from "./continuation.ts";
import { ConnectionLost, isPassing, isReported, noCore, readRefusal, toFault } from "./faults.ts";

export interface Patience {
  /** Milliseconds since the first of several failures, with nothing new between them, after which a question is given up. */
  readonly longest: number;
  /** Milliseconds before another attempt: at first and at most, with jitter. */
  readonly initialDelay: number;
  readonly maxDelay: number;
}

/** Longer than a question is held by a core that was killed. */
export const PATIENCE: Patience = { longest: 30_000, initialDelay: 100, maxDelay: 3_000 };
/** Attempts when a core itself says that it cannot. */
const REPORTED_ATTEMPTS = 4;

/**
 * A question whose core dies is asked again under the same id, so that it is answered once; what was told before is not told
 * again. Throws RoraError as the core does, and `unavailable` when none can be reached.
 */
export function createRemoteAssistant(connection: Connection, patience = PATIENCE): Assistant {
  return {
    async *ask(question, { signal }) {
      signal.throwIfAborted();
      const continuation = createContinuation();
      const first = new ExponentialBackoff(patience).next();
      let backoff = first;
      let failingSince: number | null = null;
      for (let reported = 1; ; ) {
        try {
          for await (const event of askOnce(connection, question, signal)) {
            const news = continuation.next(event);
            if (news === null) continue;
            failingSince = null;
            backoff = first;
            yield news;
            if (news.kind === "answer-end") return;
          }
          throw new ConnectionLost("the answer broke off");
        } catch (error) {
          signal.throwIfAborted();
          failingSince ??= performance.now();
          const late = performance.now() - failingSince > patience.longest;
          if (!isPassing(error) || late || (isReported(error) && reported++ === REPORTED_ATTEMPTS))
            throw toFault(error);
        }
        await sleep(backoff.duration, undefined, { signal }).catch(() => signal.throwIfAborted());
        backoff = backoff.next(undefined);
        continuation.beginAgain();
      }
    },
  };
}

/** One attempt. Whoever stops reading ends the request. */
async function* askOnce(
  connection: Connection,
  { image, ...rest }: Question,
  signal: AbortSignal,
): AsyncGenerator<AssistantEvent> {
  const body = new FormData();
  body.set("question", JSON.stringify(rest));
  if (image !== undefined) body.set("image", new File([new Uint8Array(image.bytes)], "picture"));
  const left = new AbortController();
  const headers = { accept: "text/event-stream" };
  try {
    const response = await connection({
      method: "POST",
      path: "/api/core/ask",
      headers,
      body,
      signal: AbortSignal.any([signal, left.signal]),
    });
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      throw readRefusal(await response.text()) ?? noCore(`status ${response.status}, no event stream`);
    }
    const read = createEventReader();
    for await (const { event, data } of messages(response)) {
      if (event === "error") throw readRefusal(data) ?? noCore("an error that cannot be read");
      yield read(data);
    }
  } finally {
    left.abort();
  }
}

async function* messages(response: Response): AsyncGenerator<EventSourceMessage> {
  const arrived: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => void arrived.push(message) });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    yield* arrived.splice(0);
  }
}
