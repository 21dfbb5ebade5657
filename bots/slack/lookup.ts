/** `/lookup`: the card of an entity. */
import type { RespondFn, SlashCommand } from "@slack/bolt";
import { type Entity, PUBLIC_TENANT } from "../../src/domain/knowledge.ts";
import { plainQuestion, refusalAt, textsOf } from "./ask.ts";
import { context, picture, section } from "./blocks.ts";
import type { Bot } from "./bot.ts";
import { isDirect } from "./ids.ts";
import type { MessageBody } from "./limits.ts";
import { safeLink, safeText, safeWithin } from "./safe-text.ts";
import { reply, textBody } from "./send.ts";
import { loggable } from "./slack.ts";
import type { Texts } from "./texts/english.ts";
import type { Workspace } from "./workspace.ts";

const PICTURE_WIDTH = 320;
const NAME_CHARACTERS = 100;

export async function onLookup(
  { user_id, channel_id, text }: SlashCommand,
  respond: RespondFn,
  workspace: Workspace,
  bot: Bot,
): Promise<void> {
  const { store, log } = bot.options;
  const { tenant } = workspace;
  const texts = await textsOf(user_id, workspace, bot);
  const direct = isDirect(channel_id);
  const say = (body: MessageBody, to: "ephemeral" | "in_channel") => reply(respond, body, to, log);
  const refusal = refusalAt({ channel: channel_id, direct }, workspace, bot, texts);
  const name = plainQuestion(text).trim().slice(0, NAME_CHARACTERS);
  if (refusal !== null || name === "") return say(textBody(refusal ?? texts.emptyName), "ephemeral");
  const [entity, ...others] = await store.lookUp({ tenants: [PUBLIC_TENANT, tenant], name, limit: 4 });
  if (entity === undefined) return say(textBody(texts.unknownEntity(safeText(name))), "ephemeral");
  const hidden = bot.settings.of(tenant).privateAnswers;
  const shown = renderEntity(entity, others, await pictureOf(entity, workspace, bot), texts);
  await say(shown, hidden && !direct ? "ephemeral" : "in_channel");
}

/** Pure. */
export function renderEntity(
  entity: Entity,
  others: readonly Entity[],
  shown: { readonly file: string; readonly alt: string } | null,
  texts: Texts,
): MessageBody {
  const names = others.map(({ title }) => safeWithin(title, 80)).join(", ");
  const title = safeLink(entity.title, entity.url);
  const words = `*${title}*\n${safeWithin(entity.description, 1000)}`;
  return {
    text: safeWithin(entity.title, 200) || "…",
    blocks: [
      section(words, shown === null ? undefined : picture(shown.file, shown.alt)),
      ...(names === "" ? [] : [context(texts.others(names))]),
    ],
  };
}

async function pictureOf(entity: Entity, workspace: Workspace, { options, uploads }: Bot) {
  const { store, thumbnail, log } = options;
  try {
    const [image] = await store.firstImages([entity.id]);
    if (image === undefined) return null;
    const bytes = await thumbnail(image.bytes, PICTURE_WIDTH);
    const file = await uploads.put({ name: "entity.png", bytes, alt: image.alt }, workspace);
    return { file, alt: image.alt };
  } catch (error) {
    log.warn({ err: loggable(error), entity: entity.id }, "an entity's picture could not be shown");
    return null;
  }
}
