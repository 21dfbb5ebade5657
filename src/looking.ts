/** Looking at the picture asked about: once at all of it, and again, closer, where what the question is about is small. */
import type { AssistantParts } from "./assistant-parts.ts";
import type { DecodedImage, RelevanceMap } from "./domain/image.ts";
import type { PictureAskedAbout } from "./pictured-evidence.ts";
import { cropped, regionToLookAt } from "./vision/closer-look.ts";
import { refineQuery } from "./vision/refinement.ts";

export interface Look {
  /** What is looked up and shown to the answering model: the picture, or the part of it that was looked at again. */
  readonly asked: PictureAskedAbout;
  /** What matters in the whole picture; null where the encoder gives no patches. */
  readonly map: RelevanceMap | null;
}

/** Encodes question and picture. Throws what the encoders throw. */
export async function look(
  text: string,
  picture: DecodedImage,
  { imageEncoder, textEncoder, settings }: Pick<AssistantParts, "imageEncoder" | "textEncoder" | "settings">,
): Promise<Look> {
  const [image, [direction]] = await Promise.all([
    imageEncoder.encode(picture),
    textEncoder.embedForPatches([text]),
  ]);
  const map = refineQuery(image, direction!, settings.refinement);
  if (map.scores.length === 0) return { asked: { picture, image, map }, map: null };
  const region = regionToLookAt(map, picture, settings.closerLook);
  if (region === null) return { asked: { picture, image, map }, map };
  const part = cropped(picture, region);
  const closer = await imageEncoder.encode(part);
  return {
    asked: { picture: part, image: closer, map: refineQuery(closer, direction!, settings.refinement) },
    map,
  };
}
