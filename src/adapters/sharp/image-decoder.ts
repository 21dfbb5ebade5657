import { createHash } from "node:crypto";
import type { ImageDecoder } from "../../ports.ts";
import { perceptualHash } from "./perceptual-hash.ts";
import { flatPixels, IMAGE_LIMITS, type ImageLimits, openImage } from "./untrusted-image.ts";

/**
 * Decodes JPEG, PNG, WebP, GIF, AVIF and TIFF, told by content: first frame, upright by EXIF, sRGB from any colour space and depth,
 * at most 1024 pixels on the longer side, transparency on white. A picture cut off in the middle is refused, not half read.
 */
export function createImageDecoder(options: Partial<ImageLimits> = {}): ImageDecoder {
  const limits = { ...IMAGE_LIMITS, ...options };
  return {
    async decode({ bytes }) {
      const opened = await openImage(bytes, limits);
      const picture = await flatPixels(opened);
      return {
        ...picture,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        perceptualHash: await perceptualHash(picture),
        mediaType: opened.mediaType,
        notices: opened.notices,
      };
    },
  };
}
