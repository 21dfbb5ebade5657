/** Fetching posted pictures: what is the same wherever they lie. */
import { setTimeout as sleep } from "node:timers/promises";
import { RoraError } from "../../src/errors.ts";
import type { CommonTexts } from "./texts/english.ts";

/** Milliseconds for the whole picture. */
const LONGEST_FETCH = 20_000;
const ATTEMPTS = 3;
/** Milliseconds before the second attempt; twice that before the third. */
const PAUSE = 250;

/** The sentences of a platform that names itself in them. */
export interface FetchTexts extends Pick<CommonTexts, "tooLarge"> {
  readonly unreachable: string;
}

/**
 * The bytes, by a few attempts: RoraErrors of `fetchOnce` will be the same the next time, anything else may not. Throws RoraError
 * as `fetchOnce` does, and `unavailable`.
 */
export async function fetchPatiently(
  fetchOnce: (signal: AbortSignal) => Promise<Uint8Array>,
  { texts, signal }: { readonly texts: FetchTexts; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchOnce(AbortSignal.any([signal, AbortSignal.timeout(LONGEST_FETCH)]));
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof RoraError) throw cause;
      // A connection that was kept open may be gone by now; reading the same again does no harm.
      if (attempt === ATTEMPTS) throw new RoraError("unavailable", texts.unreachable, { cause });
      await sleep(PAUSE * attempt, undefined, { signal });
    }
  }
}

/** All of a body of at most `most` bytes. Throws RoraError `image-too-large`, and ends the transfer, as soon as there are more. */
export async function readAtMost(
  body: ReadableStream<Uint8Array>,
  most: number,
  texts: FetchTexts,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the transfer.
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) throw tooLarge(most, texts);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

export function tooLarge(most: number, texts: FetchTexts): RoraError {
  return new RoraError("image-too-large", texts.tooLarge(Math.floor(most / 2 ** 20)));
}
