/** POST /api/core/ask: a bot's question in, the assistant's events out, with all that they hold. */
import { type Context, Hono } from "hono";
import { createEventWriter } from "../../../src/domain/event-json.ts";
import type { Question } from "../../../src/domain/question.ts";
import { RoraError } from "../../../src/errors.ts";
import { streamEvents } from "../event-stream.ts";
import { readFile, readForm, refuseLargeForms } from "../form.ts";
import type { WebMetrics } from "../metrics.ts";
import type { WebOptions } from "../options.ts";
import { receiveQuestion } from "../receive.ts";
import { coreQuestionSchema } from "../schemas.ts";
import { botsOnly } from "../trust.ts";

/** `shutdown` aborts what still runs. */
export function coreAskRoutes(options: WebOptions, metrics: WebMetrics, shutdown: AbortSignal): Hono {
  const { assistant, limits, log } = options;
  const routes = new Hono();

  routes.post("/", botsOnly, refuseLargeForms(limits.imageBytes), async (c) => {
    const disconnected = new AbortController();
    const signal = AbortSignal.any([c.req.raw.signal, disconnected.signal, shutdown]);
    const question = await readQuestion(c, limits);
    c.header("Cache-Control", "no-store");
    // Unlike the page, a bot gets its refusals as events, too: so it hears from the core while the question waits.
    return streamEvents(c, metrics.observe(assistant.ask(question, { signal })), {
      interactionId: question.id,
      abort: () => disconnected.abort(),
      write: createEventWriter(),
      log,
    });
  });
  return routes;
}

async function readQuestion(c: Context, limits: WebOptions["limits"]): Promise<Question> {
  const form = await readForm(c);
  const parsed = coreQuestionSchema.safeParse(readJson(form.get("question")));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") || "the field question";
    throw new RoraError("bad-request", `The question could not be read: please check ${field}.`);
  }
  const { id, asker, text, conversation, platform, platformEventId } = parsed.data;
  const image = await readFile(form.get("image"));
  return {
    ...receiveQuestion({ question: text, conversation, image }, { id, asker, ...limits }),
    platform,
    ...(platformEventId === undefined ? {} : { platformEventId }),
  };
}

function readJson(value: FormDataEntryValue | null): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : null;
  } catch {
    return null;
  }
}
