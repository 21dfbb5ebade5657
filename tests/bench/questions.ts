/** Pictures and questions for measuring: the bundled example scenes, each time cropped differently, so that no cache knows them. */
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import type { DecodedImage } from "../../src/domain/image.ts";

const examples = fileURLToPath(new URL("../../bots/web/page/examples/", import.meta.url));

const TEXTS = [
  "Which money do people pay with there?",
  "What is the capital of this country?",
  "Which languages are spoken there?",
  "Which countries does it border?",
  "How large is this country?",
  "What do telephone numbers there begin with?",
];

export interface BenchQuestion {
  readonly text: string;
  readonly image: Uint8Array;
}

/** `count` questions from number `first` on; each number always gives the same picture, and no other number does. */
export async function benchQuestions(first: number, count: number): Promise<BenchQuestion[]> {
  const files = (await readdir(examples)).filter((file) => file.endsWith(".jpg")).sort();
  return Promise.all(
    Array.from({ length: count }, async (_, offset) => {
      const number = first + offset;
      const picture = sharp(examples + files[number % files.length]);
      const { width, height } = await picture.metadata();
      const margin = 1 + Math.floor(number / files.length);
      const cropped = picture.extract({ left: margin, top: 0, width: width - 2 * margin, height });
      return {
        text: TEXTS[number % TEXTS.length]!,
        image: new Uint8Array(await cropped.jpeg({ quality: 90 }).toBuffer()),
      };
    }),
  );
}

/** The same picture under another name: one that was seen before would cost a model nothing. */
export function asUnseen(picture: DecodedImage): DecodedImage {
  return { ...picture, sha256: randomUUID() };
}
