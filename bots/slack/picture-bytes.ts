/** What some bytes are, by how they begin. Pure; whether they can be decoded is found out later. */

const text = (words: string) => [...words].map((letter) => letter.charCodeAt(0));

/** Signatures at an offset: https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm, and AVIF, HEIC, TIFF. */
const SIGNATURES: readonly { readonly at: number; readonly bytes: readonly number[] }[] = [
  { at: 0, bytes: [0xff, 0xd8, 0xff] },
  { at: 0, bytes: [0x89, ...text("PNG\r\n\x1a\n")] },
  { at: 0, bytes: text("GIF8") },
  { at: 8, bytes: text("WEBP") },
  { at: 4, bytes: text("ftyp") },
  { at: 0, bytes: [...text("II"), 0x2a, 0] },
  { at: 0, bytes: [...text("MM"), 0, 0x2a] },
];

export function isPicture(bytes: Uint8Array): boolean {
  return SIGNATURES.some(({ at, bytes: wanted }) =>
    wanted.every((value, index) => bytes[at + index] === value),
  );
}

export function isWebPage(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  return head.startsWith("<!doctype html") || head.startsWith("<html");
}
