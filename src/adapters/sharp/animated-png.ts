/** Tells PNGs that move, which libvips reads as still ones: of those, what is seen is their default image. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes of a chunk besides its data: length, type, checksum. */
const FRAME = 12;

/** Whether animation control (`acTL`) comes before the pixels, as https://www.w3.org/TR/png-3/#acTL-chunk wants it. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + FRAME <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "acTL") return true;
    if (type === "IDAT") return false;
    at += FRAME + view.getUint32(at);
  }
  return false;
}
