/**
 * Measures the whole assistant, as the product runs it, on labelled scenes (training/critic/scenes.py).
 * Usage: npx tsx training/evaluate.ts SCENES [--model models/starter] [--without-gold 0.15] [--data FOLDER] [--json FILE]
 *   [--closer-look SHARE] (0: never; the product's own when not given) [--wrong COUNT] (prints so many wrong answers)
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createAssistant } from "../src/assistant.ts";
import { judgeReply, summariseByGroup, table } from "../src/evaluation/answers.ts";
import { askOnce, inParallel } from "../src/evaluation/ask-once.ts";
import { createForgetfulLedger } from "../src/evaluation/forgetful-ledger.ts";
import { readLabelledScenes, readScenePicture } from "../src/evaluation/labelled-scenes.ts";
import { percentile } from "../src/evaluation/metrics.ts";
import { withoutEntities } from "../src/evaluation/without-entities.ts";
import type { KnowledgeIndex } from "../src/ports.ts";
import { openTemporaryCore } from "../src/temporary-core.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: "models/starter" },
    "without-gold": { type: "string", default: "0.15" },
    json: { type: "string" },
    facts: { type: "boolean", default: false },
    workers: { type: "string", default: "4" },
    data: { type: "string" },
    wrong: { type: "string", default: "0" },
    "closer-look": { type: "string" },
  },
});
const folder = positionals[0];
if (folder === undefined) {
  console.error("usage: npx tsx training/evaluate.ts SCENES [--model DIR] [--without-gold SHARE] [--data FOLDER] [--json FILE] [--wrong COUNT]");
  process.exit(2);
}

const scenes = await readLabelledScenes(folder);
const { parts, close } = await openTemporaryCore(values.model, { keptIn: values.data });
const { settings } = parts;
const below = Number(values["closer-look"] ?? settings.closerLook.below);
const over = (index: KnowledgeIndex) =>
  createAssistant({
    ...parts,
    index,
    ledger: createForgetfulLedger(),
    settings: { ...settings, closerLook: { ...settings.closerLook, below } },
  });
const whole = over(parts.index);
const asked = scenes.flatMap((scene) => scene.questions.map((question) => ({ scene, question })));
const every = Number(values["without-gold"]) > 0 ? Math.round(1 / Number(values["without-gold"])) : Infinity;
let done = 0;

const judged = await inParallel(asked, Number(values.workers), async ({ scene, question }, position) => {
  const goldMissing = question.image && position % every === every - 1;
  const assistant = goldMissing ? over(withoutEntities(parts.index, question.entities)) : whole;
  const image = question.image ? await readScenePicture(folder, scene) : undefined;
  const { reply, entities, milliseconds } = await askOnce(assistant, { text: question.text, image });
  const cited = reply.evidence.find((item) => item.label === reply.citations[0]?.label);
  const replied = { kind: reply.kind, text: reply.text, citedEntity: cited?.entity.id ?? null, entities, milliseconds };
  if (process.stderr.isTTY) process.stderr.write(`\r${++done} of ${asked.length} questions`);
  const reason = reply.kind === "abstention" ? reply.reason : null;
  return { outcome: judgeReply(scene, question, replied, goldMissing), replied, reason, scene, question, goldMissing };
});
const models = { encoder: parts.imageEncoder.id, answer: parts.answerModel.id, critic: parts.critic.version };
await close();

const summaries = summariseByGroup(judged.map(({ outcome }) => outcome));
console.log(models);
console.table(table(summaries.filter(({ group }) => values.facts || !group.startsWith("fact "))));
const times = judged.map(({ outcome }) => outcome.milliseconds);
console.log(`${values.workers} at a time: p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms`);
for (const { outcome, replied, reason, scene, question, goldMissing } of judged
  .filter(({ outcome }) => (outcome.answerable ? !outcome.exact : !outcome.abstained))
  .slice(0, Number(values.wrong))) {
  console.log(
    JSON.stringify({
      file: scene.file,
      kind: scene.kind,
      question: question.text,
      want: goldMissing ? [] : question.answers,
      got: reason ?? replied.text,
      about: question.entities,
      cited: replied.citedEntity,
      entityRank: outcome.entityRank,
    }),
  );
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ models, summaries, outcomes: judged.map(({ outcome }) => outcome) }, null, 1)}\n`);
}
