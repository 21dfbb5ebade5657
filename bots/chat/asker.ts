/** Who asks, as far as Rora needs to know. Pure. */
import { createHmac } from "node:crypto";
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Asker } from "../../src/domain/question.ts";

/** The same person has another pseudonym in each tenant, and nobody without the key can tell whose it is. */
export function askerOf(tenant: Tenant, userId: string, key: Uint8Array): Asker {
  const pseudonym = createHmac("sha256", key).update(`${tenant}\n${userId}`).digest("base64url");
  return { tenant, pseudonym };
}
