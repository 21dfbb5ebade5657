/** `/privacy`: what is kept of who asks, exporting and erasing it, and whether it may train later models. For them alone. */
import {
  type APIMessageTopLevelComponent,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  MessageFlags,
  TimestampStyles,
  time,
} from "discord.js";
import type { Asker } from "../../src/domain/question.ts";
import type { Kept } from "../../src/ports.ts";
import { askerOf } from "../chat/asker.ts";
import { inMessages, keptAsFiles, keptInWords } from "../chat/privacy.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { tenantHere } from "./circumstances.ts";
import { customId } from "./custom-id.ts";
import { DIRECT_TENANT } from "./identity.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import type { Texts } from "./texts/english.ts";

type Used = ChatInputCommandInteraction | ButtonInteraction;

/** What its buttons do; they name nobody, since who presses them is told by Discord. */
const STEPS = ["export", "erase", "erase-now", "show", "allow", "forbid"] as const;
type Step = (typeof STEPS)[number];

/** Messages of an export; an interaction of a person's own installation may have five after the first. */
const MOST_MESSAGES = 6;

export async function onPrivacy(interaction: ChatInputCommandInteraction, bot: Bot, texts: Texts) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply(payloadOf(await overview(interaction, bot, texts)));
}

export async function onPrivacyButton(interaction: ButtonInteraction, id: string, bot: Bot, texts: Texts) {
  const step = STEPS.find((known) => known === id);
  if (step === undefined) return;
  if (step === "export") return sendExport(interaction, bot, texts);
  await interaction.deferUpdate();
  await interaction.editReply(payloadOf(await after(step, interaction, bot, texts)));
}

async function after(step: Step, interaction: ButtonInteraction, bot: Bot, texts: Texts) {
  const { ledger, people } = bot.options;
  const words = texts.privacy;
  const selves = await selvesOf(interaction, bot);
  if (step === "erase") {
    const questions = (await people.kept(selves)).reduce((sum, one) => sum + one.questions, 0);
    return textBody(words.confirm(questions), [
      row([button("erase-now", words.eraseNow, ButtonStyle.Danger), button("show", words.keepIt)]),
    ]);
  }
  if (step === "erase-now") {
    let questions = 0;
    for (const { asker } of await people.kept(selves)) questions += await ledger.erasePerson(asker);
    return textBody(words.erased(questions));
  }
  // Consent is given for where one is, and taken back wherever it was given.
  if (step === "allow") await people.allowTraining(selves[0]!, true);
  if (step === "forbid")
    for (const { asker } of await people.kept(selves)) await people.allowTraining(asker, false);
  return overview(interaction, bot, texts);
}

/** The person's pseudonyms: on a server that server's, the first one here; elsewhere all there may be. */
async function selvesOf(interaction: Used, { options }: Bot): Promise<Asker[]> {
  const here = tenantHere(interaction);
  const others = here === DIRECT_TENANT ? await options.people.tenants() : [];
  const tenants = new Set([here, ...others.filter((tenant) => tenant.startsWith("discord:"))]);
  return [...tenants].map((tenant) => askerOf(tenant, interaction.user.id, options.pseudonymKey));
}

async function overview(interaction: Used, bot: Bot, texts: Texts): Promise<MessageBody> {
  const kept = await bot.options.people.kept(await selvesOf(interaction, bot));
  return renderKept(kept, {
    policy: kept.some(
      ({ asker, trainingAllowed }) => trainingAllowed && bot.settings.of(asker.tenant).trainingAllowed,
    ),
    everywhere: tenantHere(interaction) === DIRECT_TENANT,
    texts,
  });
}

/** Pure. `policy`: whether a server on which they agreed to training allows it. */
export function renderKept(
  kept: readonly Kept[],
  { policy, everywhere, texts }: { policy: boolean; everywhere: boolean; texts: Texts },
): MessageBody {
  const words = texts.privacy;
  const agreed = kept.some(({ trainingAllowed }) => trainingAllowed);
  const day = (date: Date) => time(date, TimestampStyles.ShortDate);
  const text = [
    `### ${words.title}`,
    keptInWords(kept, { policy, day, texts }),
    `-# ${everywhere ? texts.privacyEverywhere : texts.privacyHere}`,
  ].join("\n");
  return textBody(text, [
    row([
      ...(kept.length === 0 ? [] : [button("export", words.export)]),
      agreed ? button("forbid", words.forbid) : button("allow", words.allow),
      ...(kept.length === 0 ? [] : [button("erase", words.erase, ButtonStyle.Danger)]),
    ]),
  ]);
}

async function sendExport(interaction: ButtonInteraction, bot: Bot, texts: Texts): Promise<void> {
  const flags = MessageFlags.Ephemeral;
  await interaction.deferReply({ flags });
  const kept = await bot.options.people.kept(await selvesOf(interaction, bot));
  const limit = Math.max(LIMITS.upload, interaction.attachmentSizeLimit ?? 0);
  const { files, leftOut } = await keptAsFiles(
    kept.map(({ asker }) => asker),
    bot.options.ledger,
    limit,
  );
  const messages = inMessages(files, limit);
  const unsent = messages.slice(MOST_MESSAGES).flat().length + leftOut;
  const words = texts.privacy;
  const content = unsent === 0 ? words.exported : `${words.exported}\n${words.leftOut(unsent)}`;
  for (const [number, sent] of messages.slice(0, MOST_MESSAGES).entries()) {
    const body = { components: [], flags: 0, files: sent.map((file) => ({ ...file, alt: file.name })) };
    if (number === 0) await interaction.editReply(payloadOf({ ...body, content }));
    else await interaction.followUp({ ...payloadOf(body), flags });
  }
}

function button(
  step: Step,
  label: string,
  style: ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
) {
  return { type: ComponentType.Button as const, style, custom_id: customId("privacy", step), label };
}

function row(components: ReturnType<typeof button>[]): APIMessageTopLevelComponent {
  return { type: ComponentType.ActionRow, components };
}
