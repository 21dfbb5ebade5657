/** Encodes the knowledge's own pictures, and remembers by content, so that a drawing is not rendered anew for every question. */
import type { EncodedImage } from "./domain/image.ts";
import type { EntityImage } from "./domain/knowledge.ts";
import type { ImageDecoder, ImageEncoder } from "./ports.ts";

export interface PictureEncoderOptions {
  readonly decoder: ImageDecoder;
  readonly imageEncoder: Pick<ImageEncoder, "encode">;
  /** Most bytes of encodings remembered; those not used for longest go first. */
  readonly maximumBytes?: number;
}

export type PictureEncoder = (picture: Pick<EntityImage, "sha256" | "bytes">) => Promise<EncodedImage>;

/** Throws what decoder and encoder throw; a failure is not remembered. */
export function createPictureEncoder(options: PictureEncoderOptions): PictureEncoder {
  const { decoder, imageEncoder, maximumBytes = 64 * 2 ** 20 } = options;
  const remembered = new Map<string, EncodedImage>();
  const running = new Map<string, Promise<EncodedImage>>();
  let bytes = 0;

  function remember(sha256: string, encoded: EncodedImage): void {
    remembered.set(sha256, encoded);
    bytes += sizeOf(encoded);
    for (const [oldest, other] of remembered) {
      if (bytes <= maximumBytes) return;
      remembered.delete(oldest);
      bytes -= sizeOf(other);
    }
  }

  return async ({ sha256, bytes: content }) => {
    const known = remembered.get(sha256);
    if (known !== undefined) {
      // A Map keeps the order of insertion: putting it in again makes it the newest.
      remembered.delete(sha256);
      remembered.set(sha256, known);
      return known;
    }
    const begun = running.get(sha256);
    if (begun !== undefined) return begun;
    const encoding = decoder.decode({ bytes: content }).then((image) => imageEncoder.encode(image));
    running.set(sha256, encoding);
    try {
      const encoded = await encoding;
      remember(sha256, encoded);
      return encoded;
    } finally {
      running.delete(sha256);
    }
  };
}

function sizeOf({ embedding, patches, features }: EncodedImage): number {
  return embedding.byteLength + patches.byteLength + (features?.byteLength ?? 0);
}
