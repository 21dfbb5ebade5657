/** A question's answer in Discord: one message, edited about once a second until the answer stands in it. */
import type { Reply } from "../../src/domain/reply.ts";
import { citedEvidence } from "../chat/choices.ts";
import { createLatestOnly } from "../chat/latest-only.ts";
import type { PostedPicture } from "../chat/receive.ts";
import type { Showing } from "../chat/turn.ts";
import { plainBody, textBody } from "./body.ts";
import { withReference } from "./failure.ts";
import { loggable } from "./loggable.ts";
import type { DiscordOptions } from "./options.ts";
import type { AnswerPlace } from "./place.ts";
import { progressAfter } from "./progress.ts";
import { renderReply } from "./render.ts";
import type { Texts } from "./texts/english.ts";

/** Milliseconds between two edits of a message. */
const EDIT_INTERVAL = 1_000;
const THUMBNAIL_WIDTH = 160;

export interface Shown {
  readonly picture: PostedPicture | null;
  readonly texts: Texts;
  /** Further lines below the answer. */
  readonly remarks: readonly string[];
}

export function createShowing(
  { picture, texts, remarks }: Shown,
  place: AnswerPlace,
  options: Pick<DiscordOptions, "thumbnail" | "log">,
): Showing {
  const { log } = options;
  const spoiler = picture?.spoiler === true;
  let written = "";
  const showText = (text: string) =>
    place.show((form) => (form === "components" ? textBody(text) : plainBody(text)));
  const progress = createLatestOnly(async (text: string) => {
    await showText(text).catch((error: unknown) =>
      log.warn({ err: loggable(error) }, "progress could not be shown"),
    );
  }, EDIT_INTERVAL);
  return {
    begin: () => showText(picture === null ? texts.thinking : texts.looking),
    show(event) {
      const after = progressAfter(written, event, texts);
      written = after.written;
      // Half-written words of a hidden picture would give it away.
      if (after.shown !== null && !spoiler) progress.offer(after.shown);
    },
    settle: () => progress.settle(),
    async answer(reply) {
      const thumbnails = place.files ? await drawThumbnails(reply, options) : new Map<string, Uint8Array>();
      return place.show((form) => renderReply(reply, { texts, form, spoiler, thumbnails, remarks }));
    },
    refuse: (sentence, reference) => place.refuse(withReference(sentence, reference, texts)),
  };
}

/** Small pictures of the entities an answer rests on; one that cannot be drawn is left out. */
async function drawThumbnails(
  reply: Reply,
  { thumbnail, log }: Pick<DiscordOptions, "thumbnail" | "log">,
): Promise<Map<string, Uint8Array>> {
  const drawn = await Promise.all(
    citedEvidence(reply).map(async ({ entity, entityImage }) => {
      if (entityImage === null) return null;
      try {
        return [entity.id, await thumbnail(entityImage.bytes, THUMBNAIL_WIDTH)] as const;
      } catch (error) {
        log.warn({ err: loggable(error), entity: entity.id }, "a thumbnail could not be drawn");
        return null;
      }
    }),
  );
  return new Map(drawn.filter((pair) => pair !== null));
}
