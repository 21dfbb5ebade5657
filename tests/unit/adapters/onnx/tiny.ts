/** The tiny random model of tests/fixtures/tiny, and what PyTorch and Pillow computed with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSessions, type Sessions } from "../../../../src/adapters/onnx/sessions.ts";
import type { Device } from "../../../../src/domain/devices.ts";
import type { DecodedImage, EncodedImage, VisualTokens } from "../../../../src/domain/image.ts";
import type { PromptMessage } from "../../../../src/ports.ts";
import { tokenPicture } from "../../../support/hand-made.ts";

export const TINY = join(import.meta.dirname, "../../../fixtures/tiny");

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
  readonly pixelValues: string;
  readonly embedding: number[];
  readonly patches: string;
  readonly features: string;
}

interface Generation {
  /** null stands for a picture. */
  readonly parts: (string | null)[];
  readonly images: { readonly picture: number; readonly patches: number[] }[];
  readonly ids: number[];
  readonly logits: number[];
  readonly tokens: number[];
  readonly logProbabilities: number[];
}

interface Golden {
  readonly resizes: {
    readonly resample: 1 | 2 | 3;
    readonly width: number;
    readonly height: number;
    readonly pixels: string;
    readonly toWidth: number;
    readonly toHeight: number;
    readonly resized: string;
  }[];
  readonly pictures: Picture[];
  readonly texts: { readonly text: string; readonly ids: number[]; readonly embedding: number[] }[];
  readonly generations: Generation[];
  readonly decoded: { readonly ids: number[]; readonly text: string }[];
}

export const golden: Golden = JSON.parse(readFileSync(join(TINY, "golden.json"), "utf8"));

/** On the processor, or on what TEST_DEVICE names: the same numbers are wanted of every device. */
export const tinySessions = () =>
  createSessions({ threads: 1, device: (process.env.TEST_DEVICE ?? "cpu") as Device });

/** The same sessions, counting passes and how many inputs each had; opening an encoder makes the first. */
export function counted(sessions: Sessions, batches: number[]): Sessions {
  return {
    ...sessions,
    async open(file) {
      const session = await sessions.open(file);
      return new Proxy(session, {
        get(target, property) {
          if (property !== "run") return Reflect.get(target, property);
          return (feeds: Record<string, { dims: number[] }>) => {
            batches.push(Object.values(feeds)[0]!.dims[0]!);
            return target.run(feeds as never);
          };
        },
      });
    },
  };
}

export function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

export function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer);
}

export function decodedPicture(index: number): DecodedImage {
  const { width, height, pixels } = golden.pictures[index]!;
  return {
    sha256: `picture-${index}`,
    perceptualHash: "",
    pixels: bytes(pixels),
    width,
    height,
    mediaType: "image/png",
    notices: [],
  };
}

/** The prompt of a golden generation as the answering stage would hand it over. */
export function messagesOf({ parts, images }: Generation, encoded: readonly EncodedImage[]): PromptMessage[] {
  let next = 0;
  const content = parts.map((part) => {
    if (part !== null) return { kind: "text" as const, text: part };
    const { picture, patches } = images[next++]!;
    const tokens = visualTokens(encoded[picture]!, patches);
    return { kind: "image" as const, picture: tokenPicture(tokens) };
  });
  return [{ role: "user", content }];
}

function visualTokens({ features, featureSize }: EncodedImage, patches: readonly number[]): VisualTokens {
  const kept = patches.flatMap((patch) => [
    ...features!.subarray(patch * featureSize, (patch + 1) * featureSize),
  ]);
  return { patches, features: new Float32Array(kept), featureSize, total: 16 };
}

/** Largest absolute difference. */
export function difference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return Array.from(left).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - right[index]!)),
    0,
  );
}

/** All that a stream gives (Array.fromAsync, which Node 20 lacks). */
export async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
