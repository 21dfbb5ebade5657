import { crc32 } from "node:zlib";

/** A PNG that says of itself that it has so many frames; the first is its default image. */
export function animatedPng(still: Uint8Array, frames = 2): Uint8Array {
  const body = Buffer.alloc(12);
  body.write("acTL");
  body.writeUInt32BE(frames, 4);
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 16);
  // After the signature and the header.
  const header = 8 + 25;
  return new Uint8Array(Buffer.concat([still.subarray(0, header), chunk, still.subarray(header)]));
}
