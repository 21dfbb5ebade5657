/** Which files of a repository Rora needs. Pure. */
import { type Dtype, GRAPHS, graphPath, type Precision, precisionsToTry } from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";

/** Settings, tokenizer and critic, and the card with the licence, which belongs beside the weights. */
const SETTINGS =
  /^(config|preprocessor_config|processor_config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|chat_template|critic)\.json$|^chat_template\.jinja$|^README\.md$|^LICEN[SC]E(\.(md|txt))?$/;

/** What the runtime does not start without, besides GRAPHS. */
const NEEDED = ["config.json", "preprocessor_config.json", "tokenizer.json", "critic.json"];

export interface WantedFiles<File> {
  readonly files: readonly File[];
  /** Of the graphs among them; more than one where the wanted one was not there for each. */
  readonly precisions: readonly Precision[];
  /** What the repository does not have of all that Rora needs to run it as it is. */
  readonly lacking: readonly string[];
}

/** Precisions in which one of Rora's graphs is among `paths`. */
export function precisionsAmong(paths: ReadonlySet<string>): Precision[] {
  return precisionsToTry("auto").filter((precision) =>
    GRAPHS.some((graph) => paths.has(graphPath(graph, precision))),
  );
}

/** Throws RoraError `not-found` when there are no graphs, or none in the precision asked for. */
export function wantedFiles<File extends { readonly path: string }>(
  all: readonly File[],
  dtype: Dtype,
): WantedFiles<File> {
  const paths = new Set(all.map(({ path }) => path));
  const offered = precisionsAmong(paths);
  if (offered.length === 0) {
    throw new RoraError(
      "not-found",
      `This model has none of the graphs that Rora runs (onnx/${GRAPHS.join(".onnx, onnx/")}.onnx). Choose one that was exported to ONNX.`,
    );
  }
  if (dtype !== "auto" && !offered.includes(dtype)) {
    throw new RoraError(
      "not-found",
      `This model has no graphs in ${dtype}. Choose one of these with --dtype: ${offered.join(", ")}.`,
    );
  }
  const chosen = GRAPHS.flatMap((graph) => {
    const precision = precisionsToTry(dtype).find((precision) => paths.has(graphPath(graph, precision)));
    return precision === undefined ? [] : [{ graph, precision, path: graphPath(graph, precision) }];
  });
  return {
    files: all.filter(
      ({ path }) => SETTINGS.test(path) || chosen.some((graph) => belongsTo(path, graph.path)),
    ),
    precisions: [...new Set(chosen.map(({ precision }) => precision))],
    lacking: [
      ...NEEDED.filter((path) => !paths.has(path)),
      ...GRAPHS.filter((graph) => !chosen.some((file) => file.graph === graph)).map(
        (graph) => `onnx/${graph}.onnx`,
      ),
    ],
  };
}

/** The graph itself and its weights apart: `x.onnx_data`, `x.onnx_data_1`, `x.onnx.data`. */
function belongsTo(path: string, graph: string): boolean {
  return path.startsWith(graph) && /^([._]data(_\d+)?)?$/.test(path.slice(graph.length));
}
