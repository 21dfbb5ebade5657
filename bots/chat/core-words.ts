/** What the core says in English, in the reader's language: faults, notices, not knowing. Pure. */
import type { ImageNotice } from "../../src/domain/image.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { RoraError } from "../../src/errors.ts";
import type { CommonTexts } from "./texts/english.ts";

type CoreTexts = Pick<CommonTexts, "core">;

/** Entities that are named when none of them is the answer. */
const MOST_NAMES = 2;

/** A fault of the core, to be told in the reader's language; anything else as it is. */
export function faultInWords(error: unknown, { core }: CoreTexts): unknown {
  if (core === null || !(error instanceof RoraError)) return error;
  const { code, cause, retryAfterSeconds } = error;
  const sentence = {
    busy: core.busy(retryAfterSeconds ?? null),
    "image-unreadable": core.unreadable,
    "image-too-large": core.tooLarge,
    "question-too-long": core.tooLong,
    unavailable: core.unavailable,
  }[code as string];
  if (sentence === undefined) return error;
  return new RoraError(code, sentence, {
    ...(cause === undefined ? {} : { cause }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

export function noticeInWords({ kind, text }: ImageNotice, { core }: CoreTexts): string {
  return core?.notices[kind] ?? text;
}

/** The answer in the knowledge's own words; not knowing in the reader's. */
export function replyInWords(reply: Reply, { core }: CoreTexts): string {
  if (core === null || reply.kind === "answer") return reply.text;
  const pictured = reply.candidates.filter(({ scores }) => scores.image !== null);
  const seen = pictured.length > 0 ? pictured : reply.candidates;
  const names = [...new Set(seen.map(({ entity }) => entity.title))].slice(0, MOST_NAMES);
  if (names.length === 0) return core.nothingKnown;
  if (reply.reason === "not-in-evidence") return core.notWritten(names);
  return pictured.length > 0 ? core.notSure(names) : core.notNamed(names);
}
