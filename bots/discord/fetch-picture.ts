/** Bytes of an attachment, from Discord's hosts alone. */
import { RoraError } from "../../src/errors.ts";
import { fetchPatiently, readAtMost, tooLarge } from "../chat/fetching.ts";
import type { PostedPicture } from "../chat/receive.ts";
import type { DiscordEndpoints } from "./options.ts";
import type { Texts } from "./texts/english.ts";

export interface FetchOptions {
  readonly attachments: DiscordEndpoints["attachments"];
  /** Most bytes. */
  readonly most: number;
  readonly texts: Texts;
  readonly signal: AbortSignal;
}

/** Throws RoraError `image-too-large`, `image-unreadable` (expired, elsewhere) or `unavailable`. */
export async function fetchPicture(picture: PostedPicture, options: FetchOptions): Promise<Uint8Array> {
  const { attachments, most, texts } = options;
  const url = URL.canParse(picture.url) ? new URL(picture.url) : null;
  if (url?.protocol !== attachments.protocol || !attachments.hosts.includes(url.host))
    throw new RoraError("image-unreadable", texts.foreignAddress);
  if (picture.size > most) throw tooLarge(most, texts);
  return fetchPatiently(async (signal) => {
    // A redirect could lead anywhere, into the own network as well.
    const response = await fetch(url, { redirect: "error", signal });
    if (response.ok && response.body !== null) return readAtMost(response.body, most, texts);
    await response.body?.cancel();
    if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
    throw new RoraError("image-unreadable", texts.expired);
  }, options);
}
