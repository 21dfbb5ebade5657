import { readingPixels } from "./refusals.ts";
import { IMAGE_LIMITS, openImage } from "./untrusted-image.ts";

/**
 * PNG of a picture of the knowledge base, `width` pixels wide (lower if it would be more than twice as high), transparency kept.
 * PNG because every chat platform shows it. SVG is drawn, since the pictures are our own.
 * Throws RoraError `image-unreadable` or `image-too-large`.
 */
export async function thumbnail(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  const { pipeline } = await openImage(bytes, { ...IMAGE_LIMITS, allowSvg: true });
  return readingPixels(() =>
    pipeline
      .resize({ width, height: 2 * width, fit: "inside" })
      .png()
      .toBuffer(),
  );
}
