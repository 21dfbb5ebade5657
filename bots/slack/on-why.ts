/** "Show why" and "Read all", for who presses them alone. */
import type { BlockAction } from "@slack/bolt";
import type { InteractionRecord } from "../../src/ports.ts";
import { textsOf } from "./ask.ts";
import type { Bot } from "./bot.ts";
import { pressedOf, whisperPlace } from "./pressed.ts";
import { recordOf } from "./records.ts";
import { safeText } from "./safe-text.ts";
import { textBody, whisper } from "./send.ts";
import { loggable } from "./slack.ts";
import { renderWhy } from "./why.ts";
import type { Workspace } from "./workspace.ts";

/** Characters of one message of a long answer. */
const PAGE = 2_900;

export async function onWhy(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const pressed = pressedOf(body);
  const texts = await textsOf(pressed.user, workspace, bot);
  const record = await recordOf(pressed.value, workspace, bot);
  const shown =
    record === null
      ? textBody(texts.gone)
      : renderWhy(record.reply, await overlayOf(record, texts.overlayAlt, workspace, bot), texts);
  await whisper(whisperPlace(pressed), shown, workspace, bot.options.log);
}

/** All of a long answer, in as many private messages as it takes. */
export async function onMore(body: BlockAction, workspace: Workspace, bot: Bot): Promise<void> {
  const pressed = pressedOf(body);
  const texts = await textsOf(pressed.user, workspace, bot);
  const record = await recordOf(pressed.value, workspace, bot);
  const text = record === null ? texts.gone : safeText(record.reply.text);
  for (const page of text.match(new RegExp(`[^]{1,${PAGE}}(?:\\s|$)|[^]{1,${PAGE}}`, "g")) ?? ["…"])
    await whisper(whisperPlace(pressed), textBody(page), workspace, bot.options.log);
}

/** Id of the uploaded picture with its relevance map; null where there is none to show. */
async function overlayOf(
  { reply, imageSha256 }: InteractionRecord,
  alt: string,
  workspace: Workspace,
  { options, uploads }: Bot,
): Promise<string | null> {
  if (imageSha256 === null || reply.relevanceMap === null) return null;
  const image = await options.ledger.image(imageSha256, workspace.tenant);
  if (image === null) return null;
  try {
    const bytes = await options.drawOverlay(image.bytes, reply.relevanceMap);
    return await uploads.put({ name: "relevance.png", bytes, alt }, workspace);
  } catch (error) {
    options.log.warn({ err: loggable(error) }, "a relevance map could not be shown");
    return null;
  }
}
