/** Commands of the command line and of the message menu. */
import {
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from "discord.js";
import { MOST_PICTURES } from "../chat/receive.ts";
import { askFrom } from "./ask.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { textsHere } from "./circumstances.ts";
import { questionForm } from "./forms.ts";
import { showEntity } from "./lookup.ts";
import { onSettings } from "./settings-command.ts";

const PRIVATE = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;

export async function onCommand(interaction: ChatInputCommandInteraction, bot: Bot): Promise<void> {
  const texts = textsHere(interaction, bot);
  switch (interaction.commandName) {
    case "ask": {
      const names = Array.from({ length: MOST_PICTURES }, (_, index) =>
        index === 0 ? "image" : `image${index + 1}`,
      );
      const attachments = names.flatMap((name) => interaction.options.getAttachment(name) ?? []);
      return askFrom(interaction, bot, {
        attachments,
        text: interaction.options.getString("question", true),
      });
    }
    case "lookup":
      return showEntity(interaction, interaction.options.getString("name", true), bot, texts);
    case "help":
      await interaction.reply({ ...payloadOf(textBody(texts.help)), flags: PRIVATE });
      return;
    case "about": {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const { model, entities } = await bot.options.about();
      await interaction.editReply(payloadOf(textBody(texts.about(model, entities))));
      return;
    }
    case "rora":
      return onSettings(interaction, bot, texts);
    default:
      bot.options.log.warn({ command: interaction.commandName }, "an unknown command: register them again");
  }
}

/** "Ask about this image": a form for the question; the pictures are remembered until it comes back. */
export async function onMessageCommand(
  interaction: MessageContextMenuCommandInteraction,
  bot: Bot,
): Promise<void> {
  const texts = textsHere(interaction, bot);
  const attachments = [...interaction.targetMessage.attachments.values()];
  if (attachments.length === 0) {
    await interaction.reply({ ...payloadOf(textBody(texts.noImageThere)), flags: PRIVATE });
    return;
  }
  bot.chosen.set(interaction.id, { attachments });
  await interaction.showModal(questionForm("picture", interaction.id, texts));
}
