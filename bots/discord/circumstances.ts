/** What an interaction says about who it is from and where. */
import { ApplicationIntegrationType, type BaseInteraction } from "discord.js";
import type { Tenant } from "../../src/domain/knowledge.ts";
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
  return refusalBy(settings.of(tenantHere(interaction)), circumstancesOf(interaction), texts);
}
