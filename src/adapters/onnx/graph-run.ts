/** Running an encoder's graph: what it is fed besides the one input that matters, and what a failure means. */
import { basename } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { RoraError } from "../../errors.ts";
import { architecture } from "./model-directory.ts";

export type Feeds = Record<string, Tensor>;

/**
 * What the graph asks for of `given`, and what else it needs. A graph that holds both towers wants a picture with every text and a text with every picture: the smallest is given. The
 * towers do not see each other, so it changes nothing but the time; exports with a graph for each do not need it.
 */
export function withCompanions(
  session: InferenceSession,
  given: Feeds,
  size: { readonly width: number; readonly height: number },
): Feeds {
  const feeds = Object.fromEntries(
    Object.entries(given).filter(([name]) => session.inputNames.includes(name)),
  );
  const wants = (name: string) => session.inputNames.includes(name) && feeds[name] === undefined;
  if (wants("pixel_values")) {
    const pixels = new Float32Array(3 * size.height * size.width);
    feeds.pixel_values = new Tensor("float32", pixels, [1, 3, size.height, size.width]);
  }
  if (wants("input_ids")) feeds.input_ids = new Tensor("int64", new BigInt64Array(1), [1, 1]);
  if (wants("attention_mask")) {
    const { dims, size } = feeds.input_ids!;
    feeds.attention_mask = new Tensor("int64", new BigInt64Array(size).fill(1n), dims);
  }
  return feeds;
}

/** Throws RoraError `unavailable` for graphs whose pixels are halves; those of the hub take whole floats even in fp16. */
export function requireFloat32(session: InferenceSession, file: string): void {
  const input = session.inputMetadata.find(({ name }) => name === "pixel_values");
  if (input?.isTensor !== true || input.type === "float32") return;
  throw new RoraError(
    "unavailable",
    `${basename(file)} takes pixels as ${input.type}, which Rora does not make. Choose another precision of the model, or export it with float32 inputs.`,
  );
}

/** Throws RoraError `unavailable` that says what the graph has in place of `name`. */
export async function requireOutput(
  session: InferenceSession,
  name: string,
  { directory, file }: { readonly directory: string; readonly file: string },
): Promise<void> {
  if (session.outputNames.includes(name)) return;
  throw new RoraError(
    "unavailable",
    `The model ${await architecture(directory)} cannot be used for retrieval: ${basename(file)} has no output ${name}, only ${session.outputNames.join(", ")}. Choose a CLIP model, or one exported by training/export.`,
  );
}
