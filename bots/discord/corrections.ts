/** What comes back from the form that asks what was wrong. */
import { MessageFlags, type ModalSubmitInteraction } from "discord.js";
import { askerOf } from "../chat/asker.ts";
import { entityChoices } from "../chat/choices.ts";
import { receiveCorrection } from "../chat/feedback.ts";
import { askFrom } from "./ask.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { textsHere } from "./circumstances.ts";
import { FIELDS } from "./forms.ts";

export async function onCorrection(interaction: ModalSubmitInteraction, id: string, bot: Bot): Promise<void> {
  const { options } = bot;
  const texts = textsHere(interaction, bot);
  const { fields } = interaction;
  const picture = fields.fields.has(FIELDS.picture)
    ? fields.getUploadedFiles(FIELDS.picture)?.first()
    : undefined;
  // A better picture is a question of its own, whose answer is for everybody; the thanks come after it, privately.
  if (picture === undefined) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  else await interaction.deferReply();
  const post = await options.posts.byInteraction(id);
  const record = post === null ? null : await options.ledger.interaction(id, post.tenant);
  if (post === null || record === null) {
    await interaction.editReply(payloadOf(textBody(texts.gone)));
    return;
  }
  const given = {
    reason: fields.getRadioGroup(FIELDS.reason),
    entity: fields.fields.has(FIELDS.entity)
      ? (fields.getStringSelectValues(FIELDS.entity)[0] ?? null)
      : null,
    answer: fields.getTextInputValue(FIELDS.answer),
  };
  const known = entityChoices(record.reply).map((entity) => entity.id);
  const rater = askerOf(post.tenant, interaction.user.id, options.pseudonymKey);
  await options.ledger.recordFeedback(id, rater, receiveCorrection(given, known));
  if (picture !== undefined)
    await askFrom(interaction, bot, { attachments: [picture], text: record.question, acknowledged: true });
  const thanks = payloadOf(textBody(texts.thanksForCorrection));
  if (picture === undefined) await interaction.editReply(thanks);
  else await interaction.followUp({ ...thanks, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
}
