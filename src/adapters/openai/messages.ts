import type { OpenAI } from "openai";
import type { DecodedImage, PromptPicture, RelevanceMap } from "../../domain/image.ts";
import type { PromptMessage, PromptPart } from "../../ports.ts";

/** Draws a picture as JPEG, cropped to what matters, `longestSide` in pixels. */
export type DrawPicture = (
  picture: DecodedImage,
  map: RelevanceMap,
  limits: { readonly longestSide: number },
) => Promise<Uint8Array>;

export interface PictureLimits {
  /** Of each picture, in pixels. */
  readonly longestSide: number;
  /** Most pictures in one request; the one asked about goes first, then the evidence's in order. */
  readonly pictures: number;
}

type ContentPart = OpenAI.ChatCompletionContentPartText | OpenAI.ChatCompletionContentPartImage;

/** Turns a user's parts into those of the chat completions API; pictures go along as data, never as links. */
export async function contentParts(
  messages: readonly PromptMessage[],
  drawPicture: DrawPicture,
  limits: PictureLimits,
): Promise<ContentPart[]> {
  const parts = messages.flatMap(({ content }) => content);
  const shown = shownPictures(parts, limits.pictures);
  const drawn = await Promise.all(
    parts.map(async (part): Promise<ContentPart[]> => {
      if (part.kind === "text") return [{ type: "text", text: part.text }];
      if (!shown.has(part.picture)) return [];
      const jpeg = await drawPicture(await part.picture.decode(), part.picture.map, limits);
      const url = `data:image/jpeg;base64,${Buffer.from(jpeg).toString("base64")}`;
      return [{ type: "image_url", image_url: { url } }];
    }),
  );
  return joined(drawn.flat());
}

/** The last picture is the one asked about; the evidence's stand best first. */
function shownPictures(parts: readonly PromptPart[], most: number): ReadonlySet<PromptPicture> {
  const pictures = parts.flatMap((part) => (part.kind === "image" ? part.picture : []));
  return new Set([...pictures.slice(-1), ...pictures.slice(0, -1)].slice(0, most));
}

/** Neighbouring texts as one: some servers put a line break between parts. */
function joined(parts: readonly ContentPart[]): ContentPart[] {
  const all: ContentPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.type === "text" && last?.type === "text") {
      all[all.length - 1] = { type: "text", text: last.text + part.text };
    } else all.push(part);
  }
  return all;
}
