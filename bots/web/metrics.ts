/** Figures for Prometheus. Counts and times only: no question, no address, no id. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Timings } from "../../src/domain/reply.ts";
import type { WebOptions } from "./options.ts";

export interface WebMetrics {
  /** Counts every request by route and status. */
  readonly countRequests: MiddlewareHandler;
  /** Counts questions by outcome and notes the time each stage took. */
  observe(events: AsyncIterable<AssistantEvent>): AsyncIterable<AssistantEvent>;
  /** Text in Prometheus' exposition format. */
  expose(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** `gauges`: further figures of the program, by name, read whenever they are asked for. */
export function createWebMetrics(gauges: WebOptions["gauges"] = {}): WebMetrics {
  const registry = new Registry();
  for (const [name, { help, value }] of Object.entries(gauges)) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(value()) });
  }
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "rora_http_requests_total",
    help: "Requests by route and status.",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const questions = new Counter({
    name: "rora_questions_total",
    help: "Questions by outcome: answer, abstention or failure.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const stages = new Histogram({
    name: "rora_stage_seconds",
    help: "Time each stage of an answer took.",
    labelNames: ["stage"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

  const observeTimings = (timings: Timings): void => {
    for (const [stage, milliseconds] of Object.entries(timings))
      stages.observe({ stage }, milliseconds / 1000);
  };

  return {
    async countRequests(c, next) {
      await next();
      requests.inc({ method: c.req.method, route: routePath(c), status: c.res.status });
    },
    async *observe(events) {
      let outcome = "failure";
      try {
        for await (const event of events) {
          if (event.kind === "answer-end") {
            outcome = event.reply.kind;
            observeTimings(event.reply.timings);
          }
          yield event;
        }
      } finally {
        questions.inc({ outcome });
      }
    },
    async expose() {
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
