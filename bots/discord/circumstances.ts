/** What an interaction says about who it is from and where. */
import { ApplicationIntegrationType, type BaseInteraction, type Guild } from "discord.js";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { ChatSettings } from "../../src/domain/settings.ts";
import { type Circumstances, refusalBy } from "../chat/rules.ts";
import type { Bot } from "./bot.ts";
import { tenantOf } from "./identity.ts";
import { textsFor } from "./languages.ts";
import type { Texts } from "./texts/english.ts";

export function tenantHere(interaction: BaseInteraction): Tenant {
  const owners = interaction.authorizingIntegrationOwners;
  const installed = owners[ApplicationIntegrationType.GuildInstall] === interaction.guildId;
  return tenantOf(interaction.guildId, installed);
}

export function textsHere(interaction: BaseInteraction, { settings }: Pick<Bot, "settings">): Texts {
  return textsFor(settings.of(tenantHere(interaction)).language ?? interaction.locale);
}

function circumstancesOf({ channel, channelId, member }: BaseInteraction): Circumstances {
  const parent = channel !== null && "parentId" in channel ? channel.parentId : null;
  const roles =
    member === null ? [] : Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  return { channels: [channelId, parent].filter((id) => id !== null), roles };
}

/** Why this person may not ask here, in words for them; null when they may. */
export function refusalHere(interaction: BaseInteraction, { settings }: Pick<Bot, "settings">, texts: Texts) {
  if (interaction.guildId === null) return null;
  const chosen = settings.of(tenantHere(interaction));
  return refusalOn(interaction.guild, chosen, circumstancesOf(interaction), texts);
}

/** The same by what a server has chosen. `guild` is null where the bot is not on it. */
export function refusalOn(
  guild: Guild | null,
  chosen: ChatSettings,
  where: Circumstances,
  texts: Texts,
): string | null {
  const channels = existing(chosen.channels, guild?.channels.cache);
  if (chosen.channels.length > 0 && channels.length === 0) return texts.channelsGone;
  return refusalBy({ ...chosen, channels }, where, texts);
}

/** Those ids that still name something; all of them where that is not known. */
export function existing(ids: readonly string[], known: { has(id: string): boolean } | undefined) {
  return known === undefined ? ids : ids.filter((id) => known.has(id));
}
