/** `/lookup`: the card of an entity. */
import { type ChatInputCommandInteraction, ComponentType, MessageFlags } from "discord.js";
import { type Entity, PUBLIC_TENANT } from "../../src/domain/knowledge.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { refusalHere, tenantHere } from "./circumstances.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import { safeLink, safeText } from "./safe-text.ts";
import type { Texts } from "./texts/english.ts";

const PICTURE = "entity.png";
const PICTURE_WIDTH = 320;

export async function showEntity(
  interaction: ChatInputCommandInteraction,
  name: string,
  bot: Bot,
  texts: Texts,
): Promise<void> {
  const { options } = bot;
  const refusal = refusalHere(interaction, bot, texts);
  if (refusal !== null) {
    const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
    await interaction.reply({ ...payloadOf(textBody(refusal)), flags });
    return;
  }
  const hidden = interaction.guildId !== null && bot.settings.of(tenantHere(interaction)).privateAnswers;
  await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
  const { store, thumbnail } = options;
  const found = await store.lookUp({ tenants: [PUBLIC_TENANT, tenantHere(interaction)], name, limit: 4 });
  const [entity, ...others] = found;
  if (entity === undefined) {
    await interaction.editReply(payloadOf(textBody(texts.unknownEntity(safeText(name)))));
    return;
  }
  const [image] = await store.firstImages([entity.id]);
  const bytes = image === undefined ? null : await thumbnail(image.bytes, PICTURE_WIDTH);
  const picture = bytes === null || image === undefined ? null : { bytes, alt: image.alt };
  await interaction.editReply(payloadOf(renderEntity(entity, others, picture, texts)));
}

/** Pure. */
export function renderEntity(
  entity: Entity,
  others: readonly Entity[],
  picture: { readonly bytes: Uint8Array; readonly alt: string } | null,
  texts: Texts,
): MessageBody {
  const names = others.map(({ title }) => safeText(title.slice(0, 80))).join(", ");
  const content = [
    `### ${safeLink(entity.title.slice(0, 200), entity.url.slice(0, 400))}`,
    safeText(entity.description.slice(0, 1000)),
    ...(names === "" ? [] : [`-# ${texts.others(names)}`]),
  ].join("\n");
  const text = { type: ComponentType.TextDisplay as const, content };
  if (picture === null) return { flags: MessageFlags.IsComponentsV2, components: [text] };
  const alt = picture.alt.slice(0, LIMITS.alternativeText);
  const media = { url: `attachment://${PICTURE}` };
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.Section,
        components: [text],
        accessory: { type: ComponentType.Thumbnail, media, description: alt },
      },
    ],
    files: [{ name: PICTURE, bytes: picture.bytes, alt }],
  };
}
