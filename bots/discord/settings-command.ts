/** `/rora`: how Rora answers on a server. Changes are confirmed and take effect at once. */
import { type ChatInputCommandInteraction, MessageFlags, PermissionFlagsBits } from "discord.js";
import type { ChatSettings } from "../../src/domain/settings.ts";
import { payloadOf, textBody } from "./body.ts";
import type { Bot } from "./bot.ts";
import { existing, tenantHere } from "./circumstances.ts";
import { textsFor } from "./languages.ts";
import type { Texts } from "./texts/english.ts";

/** One use of the command, read. Booleans left out stay as they were. */
export type SettingsChange =
  | { readonly kind: "show" }
  | { readonly kind: "channel" | "role"; readonly id: string; readonly allowed: boolean }
  | { readonly kind: "answers"; readonly hidden: boolean | null; readonly threads: boolean | null }
  | { readonly kind: "limit"; readonly perHour: number }
  | { readonly kind: "language"; readonly language: string | null }
  | { readonly kind: "training"; readonly allowed: boolean };

/** The settings after a change. Pure. */
export function changed(settings: ChatSettings, change: SettingsChange): ChatSettings {
  const withOrWithout = (ids: readonly string[], id: string, allowed: boolean) =>
    allowed ? [...new Set([...ids, id])] : ids.filter((other) => other !== id);
  switch (change.kind) {
    case "show":
      return settings;
    case "channel":
      return { ...settings, channels: withOrWithout(settings.channels, change.id, change.allowed) };
    case "role":
      return { ...settings, roles: withOrWithout(settings.roles, change.id, change.allowed) };
    case "answers":
      return {
        ...settings,
        privateAnswers: change.hidden ?? settings.privateAnswers,
        threads: change.threads ?? settings.threads,
      };
    case "limit":
      return { ...settings, questionsPerHour: change.perHour };
    case "language":
      return { ...settings, language: change.language };
    case "training":
      return { ...settings, trainingAllowed: change.allowed };
  }
}

/** The settings in words. Pure. */
export function describeSettings(settings: ChatSettings, texts: Texts): string {
  const names = texts.settings;
  const list = (ids: readonly string[], mark: string, none: string) =>
    ids.length === 0
      ? none
      : ids
          .slice(0, 40)
          .map((id) => `<${mark}${id}>`)
          .join(", ");
  const answers = [
    settings.privateAnswers ? texts.privately : texts.publicly,
    settings.threads ? texts.inThread : texts.asReply,
  ];
  return [
    `${names.channels}: ${list(settings.channels, "#", texts.everywhere)}`,
    `${names.roles}: ${list(settings.roles, "@&", texts.everybody)}`,
    `${names.answers}: ${answers.join(", ")}`,
    `${names.limit}: ${settings.questionsPerHour === 0 ? texts.unlimited : settings.questionsPerHour}`,
    `${names.language}: ${settings.language ?? texts.ownLanguage}`,
    `${names.training}: ${settings.trainingAllowed ? texts.trainingOn : texts.trainingOff}`,
  ].join("\n");
}

function receiveChange({ options }: ChatInputCommandInteraction): SettingsChange {
  const kind = options.getSubcommand() as SettingsChange["kind"];
  switch (kind) {
    case "show":
      return { kind };
    case "channel":
      return {
        kind,
        id: options.getChannel("channel", true).id,
        allowed: options.getBoolean("allowed", true),
      };
    case "role":
      return { kind, id: options.getRole("role", true).id, allowed: options.getBoolean("allowed", true) };
    case "answers":
      return { kind, hidden: options.getBoolean("private"), threads: options.getBoolean("thread") };
    case "limit":
      return { kind, perHour: options.getInteger("questions", true) };
    case "language":
      return { kind, language: options.getString("language") };
    case "training":
      return { kind, allowed: options.getBoolean("allowed", true) };
  }
}

export async function onSettings(
  interaction: ChatInputCommandInteraction,
  bot: Bot,
  texts: Texts,
): Promise<void> {
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  const say = (text: string) => ({ ...payloadOf(textBody(text)), flags });
  // Discord checks this by default, but a server can give the command to anybody.
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true) {
    await interaction.reply(say(texts.settingsForbidden));
    return;
  }
  const tenant = tenantHere(interaction);
  const change = receiveChange(interaction);
  if (change.kind === "show") {
    const shown = describeSettings(bot.settings.of(tenant), texts);
    await interaction.reply(say(`### ${texts.settingsTitle}\n${shown}`));
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { guild } = interaction;
  const before = bot.settings.of(tenant);
  // What was deleted meanwhile can no longer be named in a command: it goes with the next change.
  const channels = existing(before.channels, guild?.channels.cache);
  const roles = existing(before.roles, guild?.roles.cache);
  const pruned = {
    ...before,
    ...(change.kind === "channel" ? { channels } : {}),
    ...(change.kind === "role" ? { roles } : {}),
  };
  await bot.settings.put(tenant, changed(pruned, change));
  const after = bot.settings.of(tenant);
  const now = after.language === null ? texts : textsFor(after.language);
  await interaction.editReply(payloadOf(textBody(`${now.settingsChanged}\n${describeSettings(after, now)}`)));
}
