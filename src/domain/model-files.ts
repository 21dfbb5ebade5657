/** How a model's graphs are named in Hugging Face's layout. */

/** Precisions of the weights. Tried in this order when none is asked for: the smallest well-tried ones first. */
export const PRECISIONS = ["int8", "quantized", "fp32", "q4", "fp16", "q4f16", "uint8"] as const;

export type Precision = (typeof PRECISIONS)[number];

/** What can be asked for; `q8` is what transformers.js calls all with eight bits. */
export const DTYPES = ["auto", "q8", ...PRECISIONS] as const;

export type Dtype = (typeof DTYPES)[number];

/** Graphs that see pictures, best first: with patches; CLIP's as the hub has it; CLIP with both towers in one. */
export const IMAGE_GRAPHS = ["vision_encoder", "vision_model", "model"] as const;
/** Graphs that read texts, best first. */
export const TEXT_GRAPHS = ["text_model", "model"] as const;
/** Graphs that write answers; all are needed. */
export const ANSWER_GRAPHS = ["embed_tokens", "decoder_model_merged"] as const;
/** The graphs by which a model of the hub is known as one for Rora; `model` alone could be anything. */
export const GRAPHS = ["vision_encoder", "vision_model", "text_model", ...ANSWER_GRAPHS] as const;

/** A graph's file in the model's folder: `onnx/vision_encoder_int8.onnx`; fp32 has no suffix. */
export function graphPath(graph: string, precision: Precision): string {
  return `onnx/${graph}${precision === "fp32" ? "" : `_${precision}`}.onnx`;
}

/** The precisions a dtype means, in order of preference. */
export function precisionsMeant(dtype: Dtype): readonly Precision[] {
  if (dtype === "auto") return PRECISIONS;
  return dtype === "q8" ? ["int8", "quantized", "uint8"] : [dtype];
}

/** Those meant, then the others: half a model in a precision is completed by what there is. */
export function precisionsToTry(dtype: Dtype): readonly Precision[] {
  return [...new Set([...precisionsMeant(dtype), ...PRECISIONS])];
}
