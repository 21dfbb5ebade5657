/** A question by command or form: acknowledged at once, then answered in its reply. */
import { randomUUID } from "node:crypto";
import { type ChatInputCommandInteraction, MessageFlags, type ModalSubmitInteraction } from "discord.js";
import { RoraError } from "../../src/errors.ts";
import { askerOf } from "../chat/asker.ts";
import { type AttachmentLike, receivePictures, receiveText } from "../chat/receive.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { refusalHere, tenantHere, textsHere } from "./circumstances.ts";
import { renderFailure } from "./failure.ts";
import { createInteractionPlace } from "./interaction-place.ts";
import { loggable } from "./loggable.ts";
import { isRefusal } from "./place.ts";
import { safeText } from "./safe-text.ts";
import { createShowing } from "./showing.ts";

export interface Posted {
  readonly attachments: readonly AttachmentLike[];
  readonly text: string;
  /** Interaction whose conversation goes on. */
  readonly follows?: string;
  /** The interaction was deferred already. */
  readonly acknowledged?: boolean;
}

/** Checks without waiting for anything, so that a refusal is private and the acknowledgement in time. */
export async function askFrom(
  interaction: ChatInputCommandInteraction | ModalSubmitInteraction,
  bot: Bot,
  { attachments, text: words, follows, acknowledged = false }: Posted,
): Promise<void> {
  const { options, settings, hourly } = bot;
  const texts = textsHere(interaction, bot);
  const tenant = tenantHere(interaction);
  const chosen = settings.of(tenant);
  const asker = askerOf(tenant, interaction.user.id, options.pseudonymKey);
  const hidden = chosen.privateAnswers && interaction.guildId !== null && !acknowledged;
  try {
    const refusal = refusalHere(interaction, bot, texts);
    if (refusal !== null) throw new RoraError("unauthorized", refusal);
    const { pictures, remarks } = receivePictures(attachments, { texts, harmless: safeText });
    const tooLarge = pictures.find(({ size }) => size > options.limits.imageBytes);
    if (tooLarge !== undefined)
      throw new RoraError("image-too-large", texts.tooLarge(Math.floor(options.limits.imageBytes / 2 ** 20)));
    const most = options.limits.questionCharacters;
    const text = receiveText(words, { botId: bot.client.user.id, pictures: pictures.length, most, texts });
    const wait = hourly.take(`${tenant} ${asker.pseudonym}`, chosen.questionsPerHour);
    if (wait > 0) throw new RoraError("rate-limited", texts.limited(wait));

    if (!acknowledged) await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
    const followed = follows === undefined ? null : await options.posts.byInteraction(follows);
    const conversation = followed?.conversation ?? null;
    for (const [number, picture] of (pictures.length === 0 ? [null] : pictures).entries()) {
      const eventId = number === 0 ? interaction.id : `${interaction.id}#${number + 1}`;
      const turn = { id: randomUUID(), text, asker, eventId, picture, conversation, texts };
      const place = createInteractionPlace(interaction, { hidden, further: number > 0, log: options.log });
      const channel = interaction.channelId ?? "";
      const showing = createShowing({ picture, texts, remarks }, place, options);
      bot.run({ ...turn, channel, questionMessage: null }, showing);
    }
  } catch (error) {
    // The same event came twice, or the bot was too late for it: there is nobody to tell by this token.
    if (isRefusal(error, "alreadyAnswered") || isRefusal(error, "tokenDead")) {
      options.log.warn(
        { err: loggable(error), interaction: interaction.id },
        "an interaction was not ours to answer",
      );
      return;
    }
    const failure = renderFailure(error, interaction.id, texts);
    if (failure.unexpected) options.log.error({ err: loggable(error) }, "a command could not be taken");
    const refusal = payloadOf(textBody(failure.text));
    if (interaction.deferred) await interaction.editReply(refusal);
    else await interaction.reply({ ...refusal, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
  }
}
