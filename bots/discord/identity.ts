/** Who asks and where, as far as Rora needs to know. Pure. */
import { createHmac } from "node:crypto";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Asker } from "../../src/domain/question.ts";

/** Direct conversations, and servers that did not install Rora themselves. */
export const DIRECT_TENANT: Tenant = "discord:direct";

/** A server has its own settings and knowledge only where it installed Rora, not where a member brought it along. */
export function tenantOf(guildId: string | null, installed: boolean): Tenant {
  return guildId !== null && installed ? `discord:${guildId}` : DIRECT_TENANT;
}

/** The same person has another pseudonym in each tenant, and nobody without the key can tell whose it is. */
export function askerOf(tenant: Tenant, userId: string, key: Uint8Array): Asker {
  const pseudonym = createHmac("sha256", key).update(`${tenant}\n${userId}`).digest("base64url");
  return { tenant, pseudonym };
}
