/** One question from a chat to its answer: fetched, asked, shown as it comes, remembered. */
import type { Question } from "../../src/domain/question.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { plainBody, textBody } from "./body.ts";
import { renderFailure } from "./failure.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { createLatestOnly } from "./latest-only.ts";
import { loggable } from "./loggable.ts";
import type { DiscordOptions } from "./options.ts";
import type { AnswerPlace } from "./place.ts";
import { progressAfter } from "./progress.ts";
import type { PostedPicture } from "./receive.ts";
import { citedEvidence, renderReply } from "./render.ts";
import type { Texts } from "./texts/english.ts";

/** Milliseconds between two edits of a message. */
const EDIT_INTERVAL = 1_000;
const THUMBNAIL_WIDTH = 160;

export interface Turn extends Pick<Question, "id" | "text" | "asker"> {
  readonly eventId: string;
  readonly channel: string;
  readonly questionMessage: string | null;
  readonly picture: PostedPicture | null;
  readonly conversation: string | null;
  readonly texts: Texts;
  readonly remarks: readonly string[];
}

/** Resolves when the person was answered or told why not; never rejects. A question seen before is left alone. */
export async function answerTurn(
  turn: Turn,
  place: AnswerPlace,
  options: DiscordOptions,
  stopping: AbortSignal,
): Promise<void> {
  const { posts, log } = options;
  const { id, texts } = turn;
  try {
    if (!(await posts.open(postOf(turn)))) return;
    const reply = await askAndShow(turn, place, options, stopping);
    const thumbnails = place.files ? await drawThumbnails(reply, options) : new Map<string, Uint8Array>();
    const spoiler = turn.picture?.spoiler === true;
    const message = await place.show((form) =>
      renderReply(reply, { texts, form, spoiler, thumbnails, remarks: turn.remarks }),
    );
    await posts.place(id, message);
    await posts.close(id, reply.conversation);
  } catch (error) {
    const failure = renderFailure(error, id, texts);
    if (stopping.aborted) log.warn({ interactionId: id }, "question broken off while stopping");
    else if (failure.unexpected) log.error({ err: loggable(error), interactionId: id }, "question failed");
    try {
      await place.refuse(stopping.aborted ? texts.lost : failure.text);
      await posts.close(id, null);
    } catch (untold) {
      // It stays open, and is told after the next start.
      log.error({ err: loggable(untold), interactionId: id }, "the person could not be told");
    }
  }
}

async function askAndShow(
  turn: Turn,
  place: AnswerPlace,
  { assistant, posts, endpoints, limits, log }: DiscordOptions,
  signal: AbortSignal,
): Promise<Reply> {
  const { texts, picture } = turn;
  const progress = createLatestOnly(async (text: string) => {
    const draw = (form: string) => (form === "components" ? textBody(text) : plainBody(text));
    await place
      .show(draw)
      .catch((error: unknown) => log.warn({ err: loggable(error) }, "progress could not be shown"));
  }, EDIT_INTERVAL);
  try {
    const first = picture === null ? texts.thinking : texts.looking;
    const message = await place.show((form) => (form === "components" ? textBody(first) : plainBody(first)));
    await posts.place(turn.id, message);
    const fetching = { attachments: endpoints.attachments, most: limits.imageBytes, texts, signal };
    const bytes = picture === null ? null : await fetchPicture(picture, fetching);
    let written = "";
    for await (const event of assistant.ask(questionOf(turn, bytes), { signal })) {
      if (event.kind === "answer-end") return event.reply;
      const after = progressAfter(written, event, texts);
      written = after.written;
      // Half-written words of a hidden picture would give it away.
      if (after.shown !== null && picture?.spoiler !== true) progress.offer(after.shown);
    }
    throw new Error("the answer broke off");
  } finally {
    await progress.settle();
  }
}

function questionOf(turn: Turn, bytes: Uint8Array | null): Question {
  const { id, text, asker, eventId, conversation } = turn;
  return {
    id,
    text,
    asker,
    platform: "discord",
    platformEventId: eventId,
    ...(bytes === null ? {} : { image: { bytes } }),
    ...(conversation === null ? {} : { conversation }),
  };
}

function postOf({ id, eventId, asker, channel, questionMessage }: Turn) {
  const unknown = { answerMessage: null, conversation: null };
  return {
    interactionId: id,
    platform: "discord" as const,
    eventId,
    tenant: asker.tenant,
    channel,
    questionMessage,
    ...unknown,
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
