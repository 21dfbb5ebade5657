/** Bytes of an attachment, from Discord's hosts alone. */
import { setTimeout as sleep } from "node:timers/promises";
import { RoraError } from "../../src/errors.ts";
import type { PostedPicture } from "../chat/receive.ts";
import type { DiscordEndpoints } from "./options.ts";
import type { Texts } from "./texts/english.ts";

/** Milliseconds for the whole picture. */
const LONGEST_FETCH = 20_000;
const ATTEMPTS = 3;
/** Milliseconds before the second attempt; twice that before the third. */
const PAUSE = 250;

export interface FetchOptions {
  readonly attachments: DiscordEndpoints["attachments"];
  /** Most bytes. */
  readonly most: number;
  readonly texts: Texts;
  readonly signal: AbortSignal;
}

/** Throws RoraError `image-too-large`, `image-unreadable` (expired, elsewhere) or `unavailable`. */
export async function fetchPicture(picture: PostedPicture, options: FetchOptions): Promise<Uint8Array> {
  const { attachments, most, texts, signal } = options;
  const url = URL.canParse(picture.url) ? new URL(picture.url) : null;
  if (url?.protocol !== attachments.protocol || !attachments.hosts.includes(url.host))
    throw new RoraError("image-unreadable", texts.foreignAddress);
  if (picture.size > most) throw tooLarge(options);
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(url, options);
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof RoraError) throw cause;
      // A connection that was kept open may be gone by now; reading the same again does no harm.
      if (attempt === ATTEMPTS) throw new RoraError("unavailable", texts.unreachable, { cause });
      await sleep(PAUSE * attempt, undefined, { signal });
    }
  }
}

/** Throws RoraError for what will be the same the next time, and anything else for what may not. */
async function fetchOnce(url: URL, options: FetchOptions): Promise<Uint8Array> {
  const { most, texts, signal } = options;
  const both = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_FETCH)]);
  // A redirect could lead anywhere, into the own network as well.
  const response = await fetch(url, { redirect: "error", signal: both });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
    throw new RoraError("image-unreadable", texts.expired);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the transfer.
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > most) throw tooLarge(options);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge({ most, texts }: FetchOptions): RoraError {
  return new RoraError("image-too-large", texts.tooLarge(Math.floor(most / 2 ** 20)));
}
