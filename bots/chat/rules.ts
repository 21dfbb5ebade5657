/** What a tenant's settings say to a question. Pure. */
import type { ChatSettings } from "../../src/domain/settings.ts";

/** The refusals, in the platform's words. */
export interface RuleTexts {
  /** `channels`: where it does answer, as mentions that both platforms write alike. */
  readonly elsewhere: (channels: string) => string;
  readonly notYou: string;
}

export interface Circumstances {
  /** The channel, and the one a thread belongs to. */
  readonly channels: readonly string[];
  readonly roles: readonly string[];
}

/** Why nobody may ask here, in words for them; null when they may. `channels` as in Circumstances. */
export function refusalByChannel(
  settings: ChatSettings,
  channels: readonly string[],
  texts: Pick<RuleTexts, "elsewhere">,
): string | null {
  if (settings.channels.length === 0 || channels.some((id) => settings.channels.includes(id))) return null;
  const named = settings.channels.slice(0, 10).map((id) => `<#${id}>`);
  return texts.elsewhere(named.join(", "));
}

/** Why somebody may not ask here, in words for them; null when they may. */
export function refusalBy(settings: ChatSettings, where: Circumstances, texts: RuleTexts): string | null {
  const elsewhere = refusalByChannel(settings, where.channels, texts);
  if (elsewhere !== null) return elsewhere;
  const { roles } = settings;
  return roles.length > 0 && !where.roles.some((id) => roles.includes(id)) ? texts.notYou : null;
}
