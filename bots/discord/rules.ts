/** What a server's settings say to a question. Pure. */
import type { ChatSettings } from "../../src/domain/settings.ts";
import type { Texts } from "./texts/english.ts";

export interface Circumstances {
  /** The channel, and the one a thread belongs to. */
  readonly channels: readonly string[];
  readonly roles: readonly string[];
}

/** Why somebody may not ask here, in words for them; null when they may. */
export function refusalBy(settings: ChatSettings, where: Circumstances, texts: Texts): string | null {
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
