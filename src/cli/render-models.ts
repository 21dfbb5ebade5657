/** Models as text for a terminal. Pure. */
import type { CatalogueEntry } from "../model-catalogue.ts";
import type { openModelHub } from "../start/model.ts";

type ModelHub = ReturnType<typeof openModelHub>;
type PullPlan = Awaited<ReturnType<ModelHub["plan"]>>;
type CachedModel = Awaited<ReturnType<ModelHub["list"]>>[number];
type Verification = Awaited<ReturnType<ModelHub["verify"]>>;

/** Digits of a commit that are shown. */
const SHORT = 12;

/** In powers of ten, as the hub counts. */
export function renderBytes(bytes: number): string {
  const [size, unit] =
    bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${size.toFixed(1)} ${unit}`;
}

/** What is about to be downloaded, and under which licence. */
export function renderPlan(model: string, plan: PullPlan): string[] {
  const about = `${model}: ${plan.files.length} files, ${renderBytes(plan.bytes)}, graphs in ${plan.precisions.join(" and ")}, commit ${plan.commit.slice(0, SHORT)}`;
  const licence = `Licence: ${plan.licence ?? "its card names none; read its page before you use it"}.`;
  return [about, licence];
}

/** Which variables to set, or why none would help. */
export function renderUse(model: string, { encoding, answering }: PullPlan["lacking"]): string {
  if (encoding.length === 0 && answering.length === 0) return `Set MODEL_DIR=${model} to use it.`;
  if (encoding.length === 0)
    return `It finds, but does not answer: set MODEL_DIR=${model}, and VLM_URL to a server that answers.`;
  return `Rora cannot run it as it is: it has no ${encoding.join(", ")}.`;
}

export function renderCachedModel(model: CachedModel): string {
  const at = model.revisions.join(", ") || model.commit;
  return `  ${[
    at === null ? model.name : `${model.name}@${at}`,
    renderBytes(model.bytes),
    model.precisions.join(", ") || "no graphs yet",
    `licence ${model.licence ?? "not known"}`,
    ...(model.unfinished ? ["a download was cut off: pull again to go on"] : []),
  ].join(" · ")}`;
}

export function renderVerification(model: string, { problems, unasked, ...found }: Verification): string[] {
  const dtype = found.precisions.map((precision) => ` --dtype ${precision}`)[0] ?? "";
  const summary = `${model}: ${found.files} files, ${renderBytes(found.bytes)}`;
  const unknown = unasked === null ? [] : [`  Not compared with the hub's list of files. ${unasked}`];
  if (problems.length === 0) return [`${summary}, all with the right hash.`, ...unknown];
  return [
    `${summary}, ${problems.length} wrong:`,
    ...problems.map((problem) => `  ${problem}`),
    ...unknown,
    `  → Run \`npm run rora -- models pull ${model}${dtype}\`: it downloads again what is missing or damaged.`,
  ];
}

export function renderCatalogueEntry(entry: CatalogueEntry): string {
  const { model, encoder, answerModel, dtype, memoryMegabytes, licence, refinement } = entry;
  return [
    `  ${model} · ${dtype} · about ${memoryMegabytes} MB of memory · licence ${licence}`,
    `    encoder: ${encoder}; answers: ${answerModel}`,
    `    refinement: ${refinement}`,
  ].join("\n");
}
