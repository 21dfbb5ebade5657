/** One question from a chat to its answer: fetched, asked, shown as it comes, remembered. */
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Post } from "../../src/domain/post.ts";
import type { Question } from "../../src/domain/question.ts";
import type { Reply } from "../../src/domain/reply.ts";
import type { Logger } from "../../src/log.ts";
import type { Assistant, PostBook } from "../../src/ports.ts";
import { faultInWords } from "./core-words.ts";
import { failureOf } from "./failure.ts";
import type { PostedPicture } from "./receive.ts";
import type { CommonTexts } from "./texts/english.ts";

/** What every platform says of a question that got no answer. */
export type TurnTexts = Pick<CommonTexts, "core" | "failed" | "lost">;

export interface Turn<Texts extends TurnTexts = TurnTexts> extends Pick<Question, "id" | "text" | "asker"> {
  /** The platform's id of the event that asked. */
  readonly eventId: string;
  /** Channel, thread or direct conversation that the answer stands in. */
  readonly channel: string;
  /** Message that asked; null for a command, which leaves none. */
  readonly questionMessage: string | null;
  readonly picture: PostedPicture | null;
  /** Conversation that the question goes on with. */
  readonly conversation: string | null;
  readonly texts: Texts;
}

/** Where an answer is shown: one message that fills in as it is known. */
export interface Showing {
  /** Shows that work has begun; resolves to the id of the message, or null where that takes none. */
  begin(): Promise<string | null>;
  /** Shows what has become known, soon; steps may be left out. Must not throw. */
  show(event: AssistantEvent): void;
  /** Resolves when nothing that `show` began is under way any more; called before `answer` and `refuse`. */
  settle(): Promise<void>;
  /** Shows the answer; resolves to the id of its message, which may be another than at first. */
  answer(reply: Reply): Promise<string>;
  /** Tells why there is no answer, to the asker alone where that is possible. `reference` is what they can quote. */
  refuse(sentence: string, reference: string | null): Promise<void>;
}

export interface TurnTools<Texts extends TurnTexts = TurnTexts> {
  readonly platform: Post["platform"];
  readonly assistant: Assistant;
  readonly posts: PostBook;
  /** Bytes of a posted picture. Throws RoraError in words for the asker. */
  readonly fetchPicture: (picture: PostedPicture, texts: Texts, signal: AbortSignal) => Promise<Uint8Array>;
  /** What of a fault may be logged. */
  readonly loggable: (error: unknown) => unknown;
  readonly log: Logger;
}

/** Resolves when the person was answered or told why not; never rejects. A question seen before is left alone. */
export async function answerTurn<Texts extends TurnTexts>(
  turn: Turn<Texts>,
  showing: Showing,
  tools: TurnTools<Texts>,
  stopping: AbortSignal,
): Promise<void> {
  const { posts, log, loggable } = tools;
  const { id, texts } = turn;
  try {
    if (!(await posts.open(postOf(turn, tools.platform)))) return;
    const reply = await askAndShow(turn, showing, tools, stopping);
    await posts.place(id, await showing.answer(reply));
    await posts.close(id, reply.conversation);
  } catch (error) {
    const failure = failureOf(error, texts);
    if (stopping.aborted) log.warn({ interactionId: id }, "question broken off while stopping");
    else if (failure.unexpected) log.error({ err: loggable(error), interactionId: id }, "question failed");
    try {
      if (stopping.aborted) await showing.refuse(texts.lost, null);
      else await showing.refuse(failure.sentence, id);
      await posts.close(id, null);
    } catch (untold) {
      // It stays open, and is told after the next start.
      log.error({ err: loggable(untold), interactionId: id }, "the person could not be told");
    }
  }
}

async function askAndShow<Texts extends TurnTexts>(
  turn: Turn<Texts>,
  showing: Showing,
  { platform, assistant, posts, fetchPicture }: TurnTools<Texts>,
  signal: AbortSignal,
): Promise<Reply> {
  const { picture } = turn;
  try {
    const message = await showing.begin();
    if (message !== null) await posts.place(turn.id, message);
    const bytes = picture === null ? null : await fetchPicture(picture, turn.texts, signal);
    const events = assistant.ask(questionOf(turn, platform, bytes), { signal });
    for await (const event of inWords(events, turn.texts)) {
      if (event.kind === "answer-end") return event.reply;
      showing.show(event);
    }
    throw new Error("the answer broke off");
  } finally {
    await showing.settle();
  }
}

/** The same events; what the core throws is said in the asker's language. */
async function* inWords(events: AsyncIterable<AssistantEvent>, texts: TurnTexts) {
  try {
    yield* events;
  } catch (error) {
    throw faultInWords(error, texts);
  }
}

function questionOf(turn: Turn, platform: Post["platform"], bytes: Uint8Array | null): Question {
  const { id, text, asker, eventId, conversation } = turn;
  return {
    id,
    text,
    asker,
    platform,
    platformEventId: eventId,
    ...(bytes === null ? {} : { image: { bytes } }),
    ...(conversation === null ? {} : { conversation }),
  };
}

function postOf({ id, eventId, asker, channel, questionMessage }: Turn, platform: Post["platform"]): Post {
  const unknown = { answerMessage: null, conversation: null };
  return { interactionId: id, platform, eventId, tenant: asker.tenant, channel, questionMessage, ...unknown };
}
