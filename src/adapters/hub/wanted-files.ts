/** Which files of a repository Rora needs. Pure. */
import {
  ANSWER_GRAPHS,
  type Dtype,
  GRAPHS,
  graphPath,
  type Precision,
  precisionsMeant,
  precisionsToTry,
} from "../../domain/model-files.ts";
import { RoraError } from "../../errors.ts";

/** Settings, tokenizer and critic, and the card with the licence, which belongs beside the weights. */
const SETTINGS =
  /^(config|preprocessor_config|processor_config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|chat_template|critic)\.json$|^chat_template\.jinja$|^README\.md$|^LICEN[SC]E(\.(md|txt))?$/;

/** What nothing runs without, besides its graphs. */
const NEEDED = ["config.json", "tokenizer.json"];
/** Either says how pictures become pixel values. */
const PREPROCESSING = ["preprocessor_config.json", "processor_config.json"];

export interface WantedFiles<File> {
  readonly files: readonly File[];
  /** Of the graphs among them; more than one where the wanted one was not there for each. */
  readonly precisions: readonly Precision[];
  /** What the repository does not have of all that Rora needs; by task, since two models can share them. */
  readonly lacking: {
    /** To see pictures and read texts for retrieval. */
    readonly encoding: readonly string[];
    /** To write answers. */
    readonly answering: readonly string[];
  };
}

/** Precisions in which one of Rora's graphs is among `paths`. */
export function precisionsAmong(paths: ReadonlySet<string>): Precision[] {
  return precisionsToTry("auto").filter((precision) =>
    GRAPHS.some((graph) => paths.has(graphPath(graph, precision))),
  );
}

function precisionsOf(graph: string, paths: ReadonlySet<string>): Precision[] {
  return precisionsToTry("auto").filter((precision) => paths.has(graphPath(graph, precision)));
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
  if (!precisionsMeant(dtype).some((precision) => offered.includes(precision))) {
    throw new RoraError(
      "not-found",
      `This model has no graphs in ${dtype}. Choose one of these with --dtype: ${offered.join(", ")}.`,
    );
  }
  const chosen = GRAPHS.flatMap((graph) => {
    // A vision_model has no more than a vision_encoder, which has patches.
    if (graph === "vision_model" && precisionsOf("vision_encoder", paths).length > 0) return [];
    const precision = precisionsToTry(dtype).find((precision) => paths.has(graphPath(graph, precision)));
    return precision === undefined ? [] : [{ graph, precision, path: graphPath(graph, precision) }];
  });
  return {
    files: all.filter(
      ({ path }) => SETTINGS.test(path) || chosen.some((graph) => belongsTo(path, graph.path)),
    ),
    precisions: [...new Set(chosen.map(({ precision }) => precision))],
    lacking: lackingOf(paths, new Set(chosen.map(({ graph }) => graph))),
  };
}

function lackingOf(paths: ReadonlySet<string>, graphs: ReadonlySet<string>) {
  const settings = [
    ...NEEDED.filter((path) => !paths.has(path)),
    ...(PREPROCESSING.some((path) => paths.has(path)) ? [] : PREPROCESSING.slice(0, 1)),
  ];
  const sees = graphs.has("vision_encoder") || graphs.has("vision_model");
  const missing = (names: readonly string[]) =>
    names.filter((name) => !graphs.has(name)).map((name) => `onnx/${name}.onnx`);
  return {
    encoding: [...settings, ...(sees ? [] : ["onnx/vision_encoder.onnx"]), ...missing(["text_model"])],
    answering: [...settings, ...missing(ANSWER_GRAPHS)],
  };
}

/** The graph itself and its weights apart: `x.onnx_data`, `x.onnx_data_1`, `x.onnx.data`. */
function belongsTo(path: string, graph: string): boolean {
  return path.startsWith(graph) && /^([._]data(_\d+)?)?$/.test(path.slice(graph.length));
}
