/** Forms that came back. */
import { MessageFlags, type ModalSubmitInteraction } from "discord.js";
import { askFrom } from "./ask.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { textsHere } from "./circumstances.ts";
import { onCorrection } from "./corrections.ts";
import { readCustomId } from "./custom-id.ts";
import { FIELDS } from "./forms.ts";

export async function onForm(interaction: ModalSubmitInteraction, bot: Bot): Promise<void> {
  const sent = readCustomId(interaction.customId);
  if (sent?.action === "correction") return onCorrection(interaction, sent.id, bot);
  if (sent?.action !== "picture" && sent?.action !== "follow-up") return;
  const text = interaction.fields.getTextInputValue(FIELDS.question);
  if (sent.action === "follow-up")
    return askFrom(interaction, bot, { attachments: [], text, follows: sent.id });
  const chosen = bot.chosen.get(sent.id);
  if (chosen !== undefined) return askFrom(interaction, bot, { attachments: chosen.attachments, text });
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  await interaction.reply({ ...payloadOf(textBody(textsHere(interaction, bot).lostForm)), flags });
}
