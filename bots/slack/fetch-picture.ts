/** Bytes of an uploaded file: the bot's token goes to Slack's file hosts alone, redirects are followed by hand. */
import { setTimeout as sleep } from "node:timers/promises";
import { RoraError } from "../../src/errors.ts";
import type { PostedPicture } from "../chat/receive.ts";
import type { SlackHosts } from "./options.ts";
import { isPicture, isWebPage } from "./picture-bytes.ts";
import type { Texts } from "./texts/english.ts";

/** Milliseconds for the whole picture. */
const LONGEST_FETCH = 20_000;
const ATTEMPTS = 3;
/** Milliseconds before the second attempt; twice that before the third. */
const PAUSE = 250;
const MOST_REDIRECTS = 3;

export interface FetchOptions {
  readonly hosts: SlackHosts;
  /** The bot's token in the workspace. A secret. */
  readonly token: string;
  /** Most bytes. */
  readonly most: number;
  readonly texts: Texts;
  readonly harmless: (text: string) => string;
  readonly signal: AbortSignal;
}

/** Throws RoraError `image-too-large`, `image-unreadable` (gone, elsewhere, no picture, not allowed to read) or `unavailable`. */
export async function fetchPicture(picture: PostedPicture, options: FetchOptions): Promise<Uint8Array> {
  const { most, texts, signal } = options;
  if (picture.size > most) throw tooLarge(options);
  for (let attempt = 1; ; attempt++) {
    try {
      const bytes = await fetchOnce(picture.url, options);
      if (isPicture(bytes)) return bytes;
      throw new RoraError("image-unreadable", texts.notAnImage(options.harmless(picture.name.slice(0, 80))));
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
async function fetchOnce(address: string, options: FetchOptions): Promise<Uint8Array> {
  const { texts, signal } = options;
  const both = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_FETCH)]);
  let url = URL.canParse(address) ? new URL(address) : null;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    // A redirect could lead anywhere, into the own network as well.
    const place = url === null ? null : placeOf(url, options.hosts);
    if (url === null || place === null) throw new RoraError("image-unreadable", texts.foreignAddress);
    const headers = place === "files" ? { authorization: `Bearer ${options.token}` } : {};
    const response = await fetch(url, { redirect: "manual", headers, signal: both });
    const next = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || next === null) return bytesOf(response, options);
    await response.body?.cancel();
    url = URL.canParse(next, url) ? new URL(next, url) : null;
  }
  throw new RoraError("image-unreadable", texts.missingFileScope);
}

/** Whose host an address is; null for others' and for unencrypted ones. */
function placeOf(url: URL, { protocol, files, others }: SlackHosts): "files" | "others" | null {
  const among = (hosts: readonly string[]) =>
    hosts.some((host) => (host.startsWith("*.") ? url.host.endsWith(host.slice(1)) : url.host === host));
  if (url.protocol !== protocol) return null;
  if (among(files)) return "files";
  return among(others) ? "others" : null;
}

async function bytesOf(response: Response, options: FetchOptions): Promise<Uint8Array> {
  const { most, texts } = options;
  const { status, body } = response;
  const page = /^text\/html/i.test(response.headers.get("content-type") ?? "");
  if (!response.ok || body === null || page) {
    await body?.cancel();
    if (status >= 500 || status === 429) throw new Error(`status ${status}`);
    // Whoever lacks the scope is shown the login page, as a success.
    const login = page || status === 401 || status === 403;
    throw new RoraError("image-unreadable", login ? texts.missingFileScope : texts.expired);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the transfer.
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) throw tooLarge(options);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  if (isWebPage(bytes)) throw new RoraError("image-unreadable", texts.missingFileScope);
  return bytes;
}

function tooLarge({ most, texts }: FetchOptions): RoraError {
  return new RoraError("image-too-large", texts.tooLarge(Math.floor(most / 2 ** 20)));
}
