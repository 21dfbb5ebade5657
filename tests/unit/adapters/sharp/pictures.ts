/** Pictures made on the spot with sharp, so that the tests need no files. */
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

export const RED = { r: 200, g: 30, b: 40 };

export const plain = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: RED } });

/** 60 × 40: left half red, right half blue, green in the lower left corner. */
export const signpost = () =>
  plain(60, 40).composite([
    { input: { create: { width: 30, height: 40, channels: 3, background: "blue" } }, left: 30, top: 0 },
    { input: { create: { width: 20, height: 16, channels: 3, background: "lime" } }, left: 0, top: 24 },
  ]);

export const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "white",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });

/** Red, then blue, 8 × 8. */
export function animation() {
  const frames = Uint8Array.from({ length: 8 * 16 * 3 }, (_, byte) =>
    byte % 3 === (byte < 8 * 8 * 3 ? 0 : 2) ? 255 : 0,
  );
  return sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
}

/** A valid PNG of a few hundred bytes whose header says `width` × `height`. */
export function pngSaying(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1000))),
    chunk("IEND"),
  ]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

export const svg = (content: string, attributes = 'width="20" height="10"') =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${content}</svg>`,
  );

/** RGB at a place. */
export function colourAt(
  { pixels, width }: { readonly pixels: Uint8Array; readonly width: number },
  x: number,
  y: number,
): number[] {
  return [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}
