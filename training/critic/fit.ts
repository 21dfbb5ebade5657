/**
 * Fits the relevance critic of an encoder on labelled scenes (scenes.py) by way of the real retrieval stages, and writes critic.json.
 * Usage: npx tsx training/critic/fit.ts SCENES [--model models/starter] [--out models/starter/critic.json] [--without-gold 0.15] [--data FOLDER]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { createAssistant } from "../../src/assistant.ts";
import { askOnce, inParallel } from "../../src/evaluation/ask-once.ts";
import { createForgetfulLedger } from "../../src/evaluation/forgetful-ledger.ts";
import { type LabelledQuestion, readLabelledScenes, readScenePicture } from "../../src/evaluation/labelled-scenes.ts";
import { withoutEntities } from "../../src/evaluation/without-entities.ts";
import type { KnowledgeIndex } from "../../src/ports.ts";
import { type CriticSample, fitCritic } from "../../src/retraining/fit-critic.ts";
import { type CriticWeights, FEATURES } from "../../src/domain/critic.ts";
import { criticFeatures } from "../../src/retrieval/critic.ts";
import { openTemporaryCore } from "../../src/temporary-core.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: "models/starter" },
    out: { type: "string" },
    "without-gold": { type: "string", default: "0.15" },
    keep: { type: "string", default: "0.99" },
    workers: { type: "string", default: "4" },
    data: { type: "string" },
  },
});
const folder = positionals[0];
if (folder === undefined) {
  console.error("usage: npx tsx training/critic/fit.ts SCENES [--model DIR] [--out FILE] [--without-gold SHARE] [--data FOLDER]");
  process.exit(2);
}
const out = values.out ?? join(values.model, "critic.json");

/** Nothing reaches the prompt, so the assistant stops after retrieval and lists every candidate with its scores. */
const retrievalOnly: CriticWeights = {
  version: "none",
  weights: FEATURES.map(() => 0),
  means: FEATURES.map(() => 0),
  deviations: FEATURES.map(() => 1),
  bias: 0,
  threshold: Number.POSITIVE_INFINITY,
};

const scenes = await readLabelledScenes(folder);
const { parts, close } = await openTemporaryCore(values.model, { keptIn: values.data, retrievalOnly: true });
const asked = scenes.flatMap((scene) => scene.questions.map((question) => ({ scene, question })));
// Every n-th question with a picture is asked of a knowledge base that lacks what it is about.
const every = Math.round(1 / Number(values["without-gold"]));
let done = 0;

const retrieving = (index: KnowledgeIndex) =>
  createAssistant({ ...parts, index, ledger: createForgetfulLedger(), critic: retrievalOnly });
const normal = retrieving(parts.index);

const samples = await inParallel(asked, Number(values.workers), async ({ scene, question }, position) => {
  const missing = question.image && position % every === 0;
  const assistant = missing ? retrieving(withoutEntities(parts.index, question.entities)) : normal;
  const image = question.image ? await readScenePicture(folder, scene) : undefined;
  const { reply } = await askOnce(assistant, { text: question.text, image });
  if (process.stderr.isTTY) process.stderr.write(`\r${++done} of ${asked.length} questions`);
  const features = criticFeatures(reply.candidates);
  return reply.candidates.map(
    (candidate, row): CriticSample => ({
      question: position,
      features: features[row]!,
      relevant: isRelevant(candidate.passage.id, question),
    }),
  );
});
await close();

const { critic, report } = fitCritic(samples.flat(), { keep: Number(values.keep) });
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(critic, null, 2)}\n`);
console.table(
  FEATURES.map((feature, index) => ({ feature, weight: critic.weights[index], mean: critic.means[index], deviation: critic.deviations[index] })),
);
console.log(report);
console.log(`${critic.version}, threshold ${critic.threshold}, written to ${out}`);

/** Entity and theme are both right; a passage's id names both. */
function isRelevant(passageId: string, question: LabelledQuestion): boolean {
  return question.theme !== null && question.entities.some((entity) => passageId === `${entity}#${question.theme}`);
}
