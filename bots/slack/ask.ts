/** A question on its way to its answer, however it was asked. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { RoraError } from "../../src/errors.ts";
import { askerOf } from "../chat/asker.ts";
import { personOf } from "../chat/hourly-limit.ts";
import { receivePictures, receiveText } from "../chat/receive.ts";
import { refusalByChannel } from "../chat/rules.ts";
import type { Bot } from "./bot.ts";
import { renderFailure } from "./failure.ts";
import { resolveFiles, type SlackFile } from "./files.ts";
import { messageId, placeId } from "./ids.ts";
import { textsFor } from "./languages.ts";
import type { Place } from "./place.ts";
import { safeText } from "./safe-text.ts";
import { post, textBody, whisper } from "./send.ts";
import { createShowing } from "./showing.ts";
import { loggable } from "./slack.ts";
import type { Texts } from "./texts/english.ts";
import type { Workspace } from "./workspace.ts";

export interface Asked {
  /** The event's id, or that of the form; the same twice is one question. */
  readonly eventId: string;
  readonly text: string;
  readonly files: readonly SlackFile[];
  /** Time of the message that asked; null where there is none. */
  readonly questionMessage: string | null;
  /** Conversation that the question goes on with. */
  readonly conversation: string | null;
}

/** Milliseconds to ask for somebody's language: a form must open within three seconds. */
const LONGEST_LOOK = 1_500;

/** The texts for somebody: in the workspace's language if it has one, else in their own. */
export async function textsOf(user: string, workspace: Workspace, bot: Bot): Promise<Texts> {
  const { language } = bot.settings.of(workspace.tenant);
  if (language !== null) return textsFor(language);
  const late = sleep(LONGEST_LOOK, null, { ref: false });
  return textsFor(await Promise.race([bot.people.localeOf(user, workspace), late]));
}

/** Why somebody may not ask there, in words for them; null when they may. Direct conversations are nobody else's matter. */
export function refusalAt(
  { channel, direct }: Pick<Place, "channel" | "direct">,
  { tenant }: Workspace,
  { settings }: Bot,
  texts: Texts,
): string | null {
  return direct ? null : refusalByChannel(settings.of(tenant), [channel], texts);
}

/** Checks, and lets it run; who may not ask, or asks nothing that can be answered, is told why. */
export async function ask(
  { eventId, text: words, files, questionMessage, conversation }: Asked,
  place: Place,
  workspace: Workspace,
  bot: Bot,
  texts: Texts,
): Promise<void> {
  const { options, settings, hourly } = bot;
  const { tenant, botUserId } = workspace;
  try {
    const refusal = refusalAt(place, workspace, bot, texts);
    if (refusal !== null) throw new RoraError("unauthorized", refusal);
    const attachments = await resolveFiles(files, workspace.client, texts);
    const { pictures, remarks } = receivePictures(attachments, { texts, harmless: safeText });
    const most = options.limits.questionCharacters;
    const text = receiveText(plainQuestion(words), {
      botId: botUserId,
      pictures: pictures.length,
      most,
      texts,
    });
    const asker = askerOf(tenant, place.user, options.pseudonymKey);
    const wait = hourly.take(personOf(asker), settings.of(tenant).questionsPerHour);
    if (wait > 0) throw new RoraError("rate-limited", texts.limited(wait));
    const channel = placeId(place.channel, place.thread);
    const asking = questionMessage === null ? null : messageId(place.channel, questionMessage);
    for (const [number, picture] of (pictures.length === 0 ? [null] : pictures).entries()) {
      const id = randomUUID();
      const turn = {
        id,
        text,
        asker,
        eventId: number === 0 ? eventId : `${eventId}#${number + 1}`,
        channel,
        questionMessage: asking,
        picture,
        conversation,
        texts,
      };
      const shown = { interactionId: id, pictured: picture !== null, texts, remarks };
      bot.run(turn, createShowing(shown, place, workspace, bot), workspace);
    }
  } catch (error) {
    await refuse(error, eventId, place, workspace, bot, texts);
  }
}

/** Tells why there is no answer, to who asked alone. */
export async function refuse(
  error: unknown,
  reference: string,
  place: Place,
  workspace: Workspace,
  { options: { log } }: Bot,
  texts: Texts,
): Promise<void> {
  const failure = renderFailure(error, reference, texts);
  if (failure.unexpected) log.error({ err: loggable(error) }, "a question could not be taken");
  const body = textBody(failure.text);
  if (place.direct) await post(place, body, workspace, log);
  else await whisper(place, body, workspace, log);
}

/** What somebody typed: Slack writes links and mentions of others in a way of its own, and three characters as entities. */
export function plainQuestion(text: string): string {
  return text
    .replace(/<(?:https?|mailto):[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<((?:https?|mailto):[^>]*)>/g, "$1")
    .replace(/<#\w+\|([^>]*)>/g, "#$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
