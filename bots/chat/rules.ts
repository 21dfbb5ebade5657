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

/** Why somebody may not ask here, in words for them; null when they may. */
export function refusalBy(settings: ChatSettings, where: Circumstances, texts: RuleTexts): string | null {
  const { channels, roles } = settings;
  if (channels.length > 0 && !where.channels.some((id) => channels.includes(id)))
    return texts.elsewhere(
      channels
        .slice(0, 10)
        .map((id) => `<#${id}>`)
        .join(", "),
    );
  if (roles.length > 0 && !where.roles.some((id) => roles.includes(id))) return texts.notYou;
  return null;
}
