/** Bytes of an uploaded file: the bot's token goes to Slack's file hosts alone, redirects are followed by hand. */
import { RoraError } from "../../src/errors.ts";
import { fetchPatiently, readAtMost, tooLarge } from "../chat/fetching.ts";
import type { PostedPicture } from "../chat/receive.ts";
import type { SlackHosts } from "./options.ts";
import { isPicture, isWebPage } from "./picture-bytes.ts";
import type { Texts } from "./texts/english.ts";

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
  const { most, texts, harmless } = options;
  if (picture.size > most) throw tooLarge(most, texts);
  const bytes = await fetchPatiently((signal) => fetchOnce(picture.url, options, signal), options);
  if (isPicture(bytes)) return bytes;
  throw new RoraError("image-unreadable", texts.notAnImage(harmless(picture.name.slice(0, 80))));
}

/** Throws RoraError for what will be the same the next time, and anything else for what may not. */
async function fetchOnce(address: string, options: FetchOptions, signal: AbortSignal): Promise<Uint8Array> {
  const { texts } = options;
  let url = URL.canParse(address) ? new URL(address) : null;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    // A redirect could lead anywhere, into the own network as well.
    const place = url === null ? null : placeOf(url, options.hosts);
    if (url === null || place === null) throw new RoraError("image-unreadable", texts.foreignAddress);
    const headers = place === "files" ? { authorization: `Bearer ${options.token}` } : {};
    const response = await fetch(url, { redirect: "manual", headers, signal });
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
  const bytes = await readAtMost(body, most, texts);
  if (isWebPage(bytes)) throw new RoraError("image-unreadable", texts.missingFileScope);
  return bytes;
}
