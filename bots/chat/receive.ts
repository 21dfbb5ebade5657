/** What somebody posted → text and pictures of a question. Pure: no request, no library. */
import { RoraError } from "../../src/errors.ts";
import type { CommonTexts } from "./texts/english.ts";

/** Pictures of one message that are asked about, each by itself. */
export const MOST_PICTURES = 3;

/** A picture as the platform announces it; nothing of this is verified before its bytes are read. */
export interface PostedPicture {
  readonly name: string;
  /** Expires after a day: fetched at once and never kept. */
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  readonly spoiler: boolean;
}

/** An attachment as the platform describes it. */
export interface AttachmentLike extends PostedPicture {
  readonly contentType: string | null;
}

export interface ReceiveOptions {
  readonly texts: CommonTexts;
  /** Makes the words of others harmless in a message of ours. */
  readonly harmless: (text: string) => string;
}

/**
 * The pictures among the attachments, at most MOST_PICTURES, and what to tell about the others.
 * Throws RoraError `image-unreadable` where there are attachments but no picture among them.
 */
export function receivePictures(
  attachments: Iterable<AttachmentLike>,
  { texts, harmless }: ReceiveOptions,
): { readonly pictures: readonly PostedPicture[]; readonly remarks: readonly string[] } {
  const all = [...attachments];
  const pictures = all.filter(mayBePicture);
  if (pictures.length === 0 && all[0] !== undefined)
    throw new RoraError("image-unreadable", texts.notAnImage(harmless(all[0].name.slice(0, 80))));
  return {
    pictures: pictures
      .slice(0, MOST_PICTURES)
      // Discord's older clients hide a picture by its name, newer ones by a flag.
      .map(({ name, url, size, spoiler }) => ({
        name,
        url,
        size,
        spoiler: spoiler || name.startsWith("SPOILER_"),
      })),
    remarks: pictures.length > MOST_PICTURES ? [texts.morePictures(MOST_PICTURES)] : [],
  };
}

/** Platforms tell the type by the name; what they cannot tell is looked at. */
function mayBePicture({ contentType }: AttachmentLike): boolean {
  return contentType === null || /^(image\/|application\/octet-stream)/.test(contentType);
}

/**
 * The words of a question, without mentions of `botId` and without characters that hide text. A picture alone is asked what
 * it is. Throws RoraError `question-missing` or `question-too-long`.
 */
export function receiveText(
  text: string,
  given: {
    readonly botId: string;
    readonly pictures: number;
    readonly most: number;
    readonly texts: CommonTexts;
  },
): string {
  const words = text
    .replaceAll(new RegExp(`<@!?${given.botId}>`, "g"), " ")
    .normalize("NFC")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  if (words === "" && given.pictures > 0) return "What is this?";
  if (words === "") throw new RoraError("question-missing", given.texts.emptyQuestion);
  if ([...words].length > given.most)
    throw new RoraError("question-too-long", given.texts.tooLong(given.most));
  return words;
}
