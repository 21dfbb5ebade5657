/** A question's answer in Slack: a status at once, then one message that fills in, until the answer stands in it. */
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { citedEvidence } from "../chat/choices.ts";
import { createLatestOnly } from "../chat/latest-only.ts";
import { cutAtSentence } from "../chat/sentences.ts";
import type { Showing } from "../chat/turn.ts";
import type { Bot } from "./bot.ts";
import { withReference } from "./failure.ts";
import { messageId } from "./ids.ts";
import { createLiveMessage, steadyMarkdown } from "./live-message.ts";
import { uploadPictures } from "./pictures.ts";
import type { Place } from "./place.ts";
import { renderReply } from "./render.ts";
import { safeText } from "./safe-text.ts";
import { textBody, whisper } from "./send.ts";
import { loggable } from "./slack.ts";
import { createStatus } from "./status.ts";
import type { Texts } from "./texts/english.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds between two changes of a message. */
const INTERVAL = 1_000;
/** Pieces of evidence whose pictures are uploaded before it is known which are cited. */
const LIKELY = 2;
/** Characters of a half-written answer that are shown by edits. */
const SHOWN = 2_000;

export interface Shown {
  readonly interactionId: string;
  /** Whether the question brought a picture. */
  readonly pictured: boolean;
  readonly texts: Texts;
  /** Further lines below the answer. */
  readonly remarks: readonly string[];
}

export function createShowing(
  { interactionId, pictured, texts, remarks }: Shown,
  place: Place,
  workspace: Workspace,
  bot: Pick<Bot, "options" | "uploads" | "streams" | "hasty">,
): Showing {
  const { log, posts } = bot.options;
  const { direct, hidden } = place;
  const status = createStatus(place, bot.hasty(workspace), { loading: [texts.thinking, texts.writing], log });
  const live = createLiveMessage(place, workspace, {
    log,
    hasty: bot.hasty(workspace),
    mayStream: () => bot.streams.take(workspace.tenant),
    begun: ({ channel, ts }) => posts.place(interactionId, messageId(channel, ts)),
    now: Date.now,
  });
  let written = "";
  const soon = <Value>(what: (value: Value) => Promise<unknown>) =>
    createLatestOnly<Value>(async (value) => {
      try {
        await what(value);
      } catch (error) {
        log.warn({ err: loggable(error) }, "progress could not be shown");
      }
    }, INTERVAL);
  const statuses = soon<string>((text) => status.set(text));
  const texted = soon<string>(async (text) => {
    const markdown = steadyMarkdown(text);
    const shown = `${cutAtSentence(safeText(text), SHOWN).text} …`;
    if (markdown !== "") await live.write({ markdown, text: shown });
  });

  async function answer(reply: Reply): Promise<string> {
    const pictures = await uploadPictures(citedEvidence(reply), workspace, bot);
    const body = renderReply(reply, { texts, pictures, remarks });
    const { channel, ts } = hidden ? await whisper(place, body, workspace, log) : await live.show(body);
    return messageId(channel, ts);
  }
  return {
    async begin() {
      const text = pictured ? texts.looking : texts.thinking;
      if ((await status.set(text)) || hidden) return null;
      const { channel, ts } = await live.show(textBody(text));
      return messageId(channel, ts);
    },
    show(event) {
      if (event.kind === "answer-delta") {
        written += event.text;
        if (!hidden) texted.offer(written);
        return;
      }
      // Slack takes a moment to make a picture ready: those that are likely to be shown go ahead.
      if (event.kind === "evidence-chosen")
        void uploadPictures(event.evidence.slice(0, LIKELY), workspace, bot);
      const text = statusOf(event, texts);
      if (text !== null) statuses.offer(text);
    },
    async settle() {
      await Promise.all([statuses.settle(), texted.settle()]);
    },
    async answer(reply) {
      const id = await answer(reply);
      await status.end({ shown: !hidden });
      return id;
    },
    async refuse(sentence, reference) {
      const text = withReference(sentence, reference, texts);
      await status.end({ shown: direct });
      if (direct) {
        await live.show(textBody(text));
        return;
      }
      await live.remove();
      await whisper(place, textBody(text), workspace, log);
    },
  };
}

/** What is told of an event meanwhile; null where it changes nothing. Pure. */
function statusOf(event: AssistantEvent, texts: Texts): string | null {
  switch (event.kind) {
    case "queued":
      return texts.queued(event.ahead);
    case "image-read":
      return texts.looking;
    case "entities-found": {
      const names = [...new Set(event.entities.map(({ entity }) => safeText(entity.title.slice(0, 60))))];
      return names.length === 0 ? texts.thinking : texts.found(names.slice(0, 2).join(", "));
    }
    case "answer-start":
      return texts.writing;
    default:
      return null;
  }
}
