/**
 * How long an answer takes: by stage, refined against unrefined visual tokens, and with several users at once.
 * Usage: npm run bench -- [--model models/starter] [--questions 24] [--users 1,4,16]
 */
import { parseArgs } from "node:util";
import { createAdmission } from "../../src/admission.ts";
import { createAssistant } from "../../src/assistant.ts";
import { type AssistantParts, DEFAULT_SETTINGS } from "../../src/assistant-parts.ts";
import { readConfig } from "../../src/config.ts";
import type { Timings } from "../../src/domain/reply.ts";
import { askOnce } from "../../src/evaluation/ask-once.ts";
import { percentile } from "../../src/evaluation/metrics.ts";
import type { Assistant } from "../../src/ports.ts";
import { openTemporaryCore } from "../../src/temporary-core.ts";
import { machineLine } from "./machine.ts";
import { createModelClock } from "./model-clock.ts";
import { benchQuestions } from "./questions.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "models/starter" },
    questions: { type: "string", default: "24" },
    users: { type: "string", default: "1,4,16" },
  },
});
const count = Number(values.questions);
/** Questions before measuring begins: the first ones compile code and fill caches of the knowledge's own pictures. */
const warmUp = 6;

interface Measured {
  readonly timings: Timings;
  readonly model: number;
  readonly tokens: number;
}

console.log(machineLine());
const opening = performance.now();
const { parts, close } = await openTemporaryCore(values.model);
console.log(`opened, atlas ingested: ${((performance.now() - opening) / 1000).toFixed(1)} s`);
console.log(
  `encoder ${parts.imageEncoder.id}, answers ${parts.answerModel.id}, critic ${parts.critic.version}`,
);

await compareRefinement(parts);
await measureUsers(parts);
await close();
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);

/** Both in turn on pictures of their own, so that what slows the machine down meets both. */
async function compareRefinement(given: AssistantParts): Promise<void> {
  const clock = createModelClock(given);
  const all = { keepQuery: Number.POSITIVE_INFINITY, keepRetrieved: Number.POSITIVE_INFINITY };
  const variants = [
    { name: "refined", assistant: createAssistant(clock.parts), measured: [] as Measured[] },
    {
      name: "unrefined",
      assistant: createAssistant({ ...clock.parts, settings: { ...DEFAULT_SETTINGS, refinement: all } }),
      measured: [] as Measured[],
    },
  ];
  const questions = await benchQuestions(0, 2 * (warmUp + count));
  for (let position = 0; position < warmUp + count; position++) {
    const order = position % 2 === 0 ? variants : variants.toReversed();
    for (const [turn, variant] of order.entries()) {
      clock.take();
      const { reply } = await askOnce(variant.assistant, questions[2 * position + turn]!);
      const tokens = reply.visualTokens.query.kept + reply.visualTokens.retrieved.kept;
      const measured = { timings: reply.timings, model: clock.take(), tokens };
      if (position >= warmUp) variant.measured.push(measured);
    }
  }
  console.log(`\nOne user, ${count} questions each, in milliseconds:`);
  const stages = [
    "decode",
    "encode",
    "entities",
    "passages",
    "critic",
    "refine",
    "generate",
    "total",
  ] as const;
  const rows: [string, (measured: Measured) => number][] = [
    ...stages.map(
      (stage) =>
        [stage, (measured: Measured) => measured.timings[stage]] as [string, (measured: Measured) => number],
    ),
    ["all but model time", (measured) => measured.timings.total - measured.model],
    ["visual tokens (count)", (measured) => measured.tokens],
  ];
  console.table(
    rows.map(([stage, of]) => ({
      stage,
      ...Object.fromEntries(
        variants.flatMap(({ name, measured }) =>
          [50, 95].map((share) => [`${name} p${share}`, round(percentile(measured.map(of), share / 100))]),
        ),
      ),
    })),
  );
  const [refined, unrefined] = variants.map(({ measured }) => measured.map(({ timings }) => timings.total));
  const ratios = refined!.map((total, position) => unrefined![position]! / total);
  console.log(`unrefined takes ${round(percentile(ratios, 0.5))} times as long as refined (median of pairs)`);
}

/** Everyone asks one question after the other, behind the queue that the product has. */
async function measureUsers(given: AssistantParts): Promise<void> {
  const { questionsAtOnce: atOnce, queue: queueLimit } = readConfig({}).limits;
  const assistant: Assistant = createAdmission(createAssistant(given), { atOnce, queueLimit });
  const rows = [];
  // Pictures nobody has asked about yet.
  let next = 2 * (warmUp + count);
  for (const users of values.users.split(",").map(Number)) {
    const each = Math.max(2, Math.ceil(count / users));
    const questions = await benchQuestions(next, users * each);
    next += users * each;
    const times: number[] = [];
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: users }, async (_, user) => {
        for (const question of questions.slice(user * each, (user + 1) * each)) {
          times.push((await askOnce(assistant, question)).milliseconds);
        }
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    rows.push({
      users,
      questions: times.length,
      "answers a second": round(times.length / seconds),
      "p50 ms": round(percentile(times, 0.5)),
      "p95 ms": round(percentile(times, 0.95)),
    });
  }
  console.log(`\nSeveral users (${atOnce} questions at once, the others queue):`);
  console.table(rows);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
