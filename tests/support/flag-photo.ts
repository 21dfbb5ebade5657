/** A picture as somebody might post it: a flag on a plain ground. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";

const flags = join(
  dirname(createRequire(import.meta.url).resolve("flag-icons/package.json")),
  "flags",
  "4x3",
);

/** PNG, 480 × 360, with the flag of a two-letter country code in the middle. */
export async function flagPhoto(code: string): Promise<File> {
  const flag = await sharp(join(flags, `${code}.svg`))
    .resize({ width: 300 })
    .png()
    .toBuffer();
  const photo = await sharp({ create: { width: 480, height: 360, channels: 3, background: "#7a8794" } })
    .composite([{ input: flag }])
    .png()
    .toBuffer();
  return new File([new Uint8Array(photo)], `${code}.png`, { type: "image/png" });
}
