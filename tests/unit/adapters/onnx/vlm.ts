/**
 * The tiny random models of tests/fixtures/vlm, and what Hugging Face's processors and models said of them. Both are made by
 * training/export/make_vlm_fixtures.py, through the exporter that real checkpoints go through.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { floatsOf } from "../../../../src/adapters/onnx/half-precision.ts";
import type { Sessions } from "../../../../src/adapters/onnx/sessions.ts";
import type { DecodedImage, PromptPicture } from "../../../../src/domain/image.ts";
import type { PromptMessage } from "../../../../src/ports.ts";
import { bytes } from "./tiny.ts";

export const ARCHITECTURES = ["llava", "llava-interleave", "llava-onevision", "idefics3"] as const;

/** Cells along each side of the relevance maps that the golden files speak of. */
const MAP = 4;

interface Generation {
  /** null stands for a picture. */
  readonly parts: (string | null)[];
  /** Which cells of the map are kept (null: all), and which visual tokens that leaves. */
  readonly images: { readonly picture: number; readonly cells: number[] | null; readonly tokens: number[] }[];
  readonly ids: number[];
  readonly logits: number[];
  readonly tokens: number[];
  readonly logProbabilities: number[];
}

interface Golden {
  readonly pictures: {
    readonly width: number;
    readonly height: number;
    readonly pixels: string;
    readonly tiles: number;
    /** Of each tile, after preprocessing. */
    readonly pixelSums: number[];
    readonly features: string;
  }[];
  readonly generations: Generation[];
  /** Logits after the fourth generation's prompt, by ONNX Runtime for Python with the same graphs, by precision. */
  readonly precisions: Readonly<Record<string, number[]>>;
  /** Of the first generation's logits: the cuts, and the probabilities they leave by token id. */
  readonly sampling: {
    readonly temperature: number;
    readonly top_k: number;
    readonly top_p: number;
    readonly probabilities: Readonly<Record<string, number>>;
  }[];
}

export function modelFolder(architecture: string): string {
  return join(import.meta.dirname, "../../../fixtures/vlm", architecture);
}

export function goldenOf(architecture: string): Golden {
  return JSON.parse(readFileSync(join(modelFolder(architecture), "golden.json"), "utf8"));
}

export function decodedPicture({ pictures }: Golden, index: number): DecodedImage {
  const { width, height, pixels } = pictures[index]!;
  const rest = { perceptualHash: "", mediaType: "image/png", notices: [] };
  return { sha256: `picture-${index}`, pixels: bytes(pixels), width, height, ...rest };
}

export function promptPicture(golden: Golden, index: number, cells: readonly number[] | null): PromptPicture {
  const every = Array.from({ length: MAP * MAP }, (_, cell) => cell);
  return {
    tokens: null,
    map: { rows: MAP, columns: MAP, scores: every.map(() => 0), kept: cells ?? every },
    decode: async () => decodedPicture(golden, index),
  };
}

/** The prompt of a golden generation as the answering stage would hand it over. */
export function messagesOf(golden: Golden, { parts, images }: Generation): PromptMessage[] {
  let next = 0;
  const content = parts.map((part) => {
    if (part !== null) return { kind: "text" as const, text: part };
    const { picture, cells } = images[next++]!;
    return { kind: "image" as const, picture: promptPicture(golden, picture, cells) };
  });
  return [{ role: "user", content }];
}

export interface Pass {
  readonly ids: readonly number[];
  readonly logits: Float32Array;
}

/** Sessions that note every pass of the decoder (its last logits) and, with it, the ids that were embedded before. */
export function watched(sessions: Sessions, passes: Pass[]): Sessions {
  let embedded: number[] = [];
  const watch = (session: InferenceSession, see: (feeds: Feeds, outputs: Outputs) => void) =>
    new Proxy(session, {
      get(target, property) {
        if (property !== "run") return Reflect.get(target, property);
        return async (feeds: Feeds) => {
          const outputs = await target.run(feeds);
          see(feeds, outputs);
          return outputs;
        };
      },
    });
  return {
    ...sessions,
    async open(file) {
      const session = await sessions.open(file);
      if (file.includes("embed_tokens")) {
        return watch(session, ({ input_ids }) => {
          embedded = Array.from(input_ids!.data as BigInt64Array, Number);
        });
      }
      if (!file.includes("decoder_model_merged")) return session;
      return watch(session, (_, { logits }) => {
        const tensor = logits as Tensor;
        passes.push({ ids: embedded, logits: floatsOf(tensor).slice(-tensor.dims[2]!) });
      });
    },
  };
}

type Feeds = Record<string, Tensor>;
type Outputs = InferenceSession.ReturnType;
