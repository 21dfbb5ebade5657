/** Answers to a command or form: its own reply, which was deferred, or for further pictures messages after it. */
import { type Message, MessageFlags, PermissionFlagsBits, type RepliableInteraction } from "discord.js";
import type { Logger } from "../../src/log.ts";
import { payloadOf, plainBody, textBody } from "./body.ts";
import type { MessageBody } from "./limits.ts";
import { type AnswerPlace, createForms, isRefusal } from "./place.ts";

export interface InteractionPlaceOptions {
  /** Whether the deferred reply is for the asker alone. */
  readonly hidden: boolean;
  /** Whether this is not the first answer to the same command. */
  readonly further: boolean;
  readonly log: Logger;
}

export function createInteractionPlace(
  interaction: RepliableInteraction,
  { hidden, further, log }: InteractionPlaceOptions,
): AnswerPlace {
  const { appPermissions } = interaction;
  const may = (flag: bigint) => interaction.guildId === null || appPermissions.has(flag);
  const form = createForms(may(PermissionFlagsBits.EmbedLinks) ? "components" : "text", log);
  const privately = hidden ? MessageFlags.Ephemeral : 0;
  let shown: Message | null = null;
  /** Whether it stands in the deferred reply, rather than in a message after it. */
  let inReply = !further;
  /** Set once the interaction's token is of no use any more; then the bot writes as itself. */
  let itself = false;

  async function edit(body: MessageBody, anew: boolean): Promise<Message> {
    const payload = payloadOf(body);
    if (itself) return shown === null || anew ? sendItself(body) : shown.edit(payload);
    if (inReply && !anew) return interaction.editReply(payload);
    if (shown !== null && !anew) return interaction.webhook.editMessage(shown.id, payload);
    const sent = await interaction.followUp({ ...payload, flags: body.flags | privately });
    if (anew) await interaction.deleteReply(inReply ? "@original" : shown!.id);
    inReply = false;
    return sent;
  }

  /** In the channel, or to the asker alone where it was for nobody else or where the bot may not write. */
  async function sendItself(body: MessageBody): Promise<Message> {
    const { channel, user } = interaction;
    if (hidden || channel === null || !channel.isSendable()) return user.send(payloadOf(body));
    return channel.send(payloadOf(body)).catch((error: unknown) => {
      if (!isRefusal(error, "forbidden")) throw error;
      return user.send(payloadOf(body));
    });
  }

  const show: AnswerPlace["show"] = async (draw) => {
    try {
      shown = await form(draw, async (body, anew) => {
        try {
          return await edit(body, anew);
        } catch (error) {
          if (itself || !isRefusal(error, "tokenDead")) throw error;
          itself = true;
          shown = null;
          return sendItself(body);
        }
      });
    } catch (error) {
      if (shown === null || !isRefusal(error, "gone")) throw error;
      // Who deleted it does not want it again.
      log.info({ message: shown.id }, "the message of an answer was deleted");
    }
    return shown.id;
  };
  return {
    show,
    async refuse(text) {
      if (hidden || itself || !inReply) {
        await show((form) => (form === "components" ? textBody(text) : plainBody(text)));
        return;
      }
      // A reply deferred for everybody cannot become private: it goes, and a private one comes.
      await interaction.deleteReply();
      const payload = payloadOf(textBody(text));
      await interaction.followUp({ ...payload, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral });
    },
    files: may(PermissionFlagsBits.AttachFiles),
  };
}
