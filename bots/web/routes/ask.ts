/** POST /api/ask: a form in, one JSON or a stream of events out. */
import { type Context, Hono } from "hono";
import type { AssistantEvent } from "../../../src/domain/events.ts";
import type { Reply } from "../../../src/domain/reply.ts";
import { RoraError } from "../../../src/errors.ts";
import { ensureAsker } from "../asker.ts";
import { afterFirst, streamEvents } from "../event-stream.ts";
import { readFile, readForm, refuseLargeForms } from "../form.ts";
import type { WebMetrics } from "../metrics.ts";
import type { WebOptions } from "../options.ts";
import { receiveQuestion } from "../receive.ts";
import { renderEvent, renderReply } from "../render.ts";

/** `interactionId` is set for the error handler as soon as there is one. `shutdown` aborts what still runs. */
export function askRoutes(
  options: WebOptions,
  metrics: WebMetrics,
  shutdown: AbortSignal,
): Hono<{ Variables: { interactionId: string } }> {
  const { assistant, limits, log } = options;
  const routes = new Hono<{ Variables: { interactionId: string } }>();

  routes.post("/", refuseLargeForms(limits.imageBytes), async (c) => {
    const disconnected = new AbortController();
    const signal = AbortSignal.any([c.req.raw.signal, disconnected.signal, shutdown]);
    const form = await readQuestion(c);
    const id = crypto.randomUUID();
    const question = receiveQuestion(form, {
      id,
      asker: ensureAsker(c, options.trustProxy),
      questionCharacters: limits.questionCharacters,
      imageBytes: limits.imageBytes,
    });
    c.set("interactionId", id);
    const events = await afterFirst(metrics.observe(assistant.ask(question, { signal })));
    c.header("Cache-Control", "no-store");
    if (c.req.header("accept")?.includes("text/event-stream")) {
      const write = (event: AssistantEvent) => JSON.stringify(renderEvent(event));
      return streamEvents(c, events, { interactionId: id, abort: () => disconnected.abort(), write, log });
    }
    return c.json(renderReply(await lastReply(events)));
  });
  return routes;
}

async function readQuestion(c: Context) {
  const form = await readForm(c);
  return {
    question: form.get("question"),
    conversation: form.get("conversation"),
    image: await readFile(form.get("image")),
  };
}

async function lastReply(events: AsyncIterable<AssistantEvent>): Promise<Reply> {
  for await (const event of events) if (event.kind === "answer-end") return event.reply;
  throw new RoraError("unavailable", "The answer broke off. Please ask again.");
}
