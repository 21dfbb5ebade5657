import sharp from "sharp";
import type { DecodedImage } from "../../domain/image.ts";

/**
 * dHash: shrunk to 9 × 8 grey pixels, one bit for each that is brighter than its right neighbour (Krawetz, "Kind of Like That", 2013).
 * @returns 64 bits as 16 hex digits; pictures that look alike differ in few bits
 */
export async function perceptualHash({
  pixels,
  width,
  height,
}: Pick<DecodedImage, "pixels" | "width" | "height">): Promise<string> {
  const grey = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .greyscale()
    .resize({ width: 9, height: 8, fit: "fill" })
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      const at = row * 9 + column;
      bits = (bits << 1n) | (grey[at]! > grey[at + 1]! ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, "0");
}
