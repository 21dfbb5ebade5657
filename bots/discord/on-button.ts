/** Buttons below an answer. Each names its interaction, which is looked up: a restart changes nothing. */
import { setTimeout as sleep } from "node:timers/promises";
import { type ButtonInteraction, MessageFlags } from "discord.js";
import type { InteractionRecord } from "../../src/ports.ts";
import { askerOf } from "../chat/asker.ts";
import { entityChoices } from "../chat/choices.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { textsHere } from "./circumstances.ts";
import { readCustomId } from "./custom-id.ts";
import { correctionForm, questionForm } from "./forms.ts";
import { safeText } from "./safe-text.ts";
import { showWhy } from "./why.ts";

/** Milliseconds to look for the candidates before a form opens without them: it cannot be deferred, and must open within 3 s. */
const LONGEST_LOOK = 1_500;
/** Characters of one message of a long answer. */
const PAGE = 3_800;

export async function onButton(interaction: ButtonInteraction, bot: Bot): Promise<void> {
  const pressed = readCustomId(interaction.customId);
  if (pressed === null) return;
  const { action, id } = pressed;
  const texts = textsHere(interaction, bot);
  if (action === "ask-on") {
    await interaction.showModal(questionForm("follow-up", id, texts));
    return;
  }
  if (action === "unhelpful") {
    const record = await Promise.race([recordOf(id, bot), sleep(LONGEST_LOOK, null)]);
    await interaction.showModal(
      correctionForm(id, record === null ? [] : entityChoices(record.reply), texts),
    );
    await keepVerdict(interaction, id, "unhelpful", bot);
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  if (action === "helpful") {
    const kept = await keepVerdict(interaction, id, "helpful", bot);
    await interaction.editReply(payloadOf(textBody(kept ? texts.thanks : texts.gone)));
    return;
  }
  const record = await recordOf(id, bot);
  if (record === null) await interaction.editReply(payloadOf(textBody(texts.gone)));
  else if (action === "why") await showWhy(interaction, record, bot, texts);
  else await showAll(interaction, record);
}

/** The answer's interaction, wherever it was asked. */
export async function recordOf(id: string, { options }: Bot): Promise<InteractionRecord | null> {
  const post = await options.posts.byInteraction(id);
  return post === null ? null : options.ledger.interaction(id, post.tenant);
}

async function keepVerdict(
  interaction: ButtonInteraction,
  id: string,
  verdict: "helpful" | "unhelpful",
  { options }: Bot,
): Promise<boolean> {
  const post = await options.posts.byInteraction(id);
  if (post === null) return false;
  const rater = askerOf(post.tenant, interaction.user.id, options.pseudonymKey);
  return options.ledger.recordFeedback(id, rater, { verdict });
}

/** All of a long answer, in as many private messages as it takes. */
async function showAll(interaction: ButtonInteraction, { reply }: InteractionRecord): Promise<void> {
  const pages = safeText(reply.text).match(new RegExp(`[^]{1,${PAGE}}`, "g")) ?? ["…"];
  await interaction.editReply(payloadOf(textBody(pages[0]!)));
  for (const page of pages.slice(1)) {
    const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
    await interaction.followUp({ ...payloadOf(textBody(page)), flags });
  }
}
