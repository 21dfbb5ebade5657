/** Where somebody asks, as far as Rora needs to know. Pure. */
import type { Tenant } from "../../src/domain/knowledge.ts";

/** Direct conversations, and servers that did not install Rora themselves. */
export const DIRECT_TENANT: Tenant = "discord:direct";

/** A server has its own settings and knowledge only where it installed Rora, not where a member brought it along. */
export function tenantOf(guildId: string | null, installed: boolean): Tenant {
  return guildId !== null && installed ? `discord:${guildId}` : DIRECT_TENANT;
}
