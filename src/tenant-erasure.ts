/** Erases all that is kept of a tenant, such as a workspace that removed the bot. */
import type { Tenant } from "./domain/knowledge.ts";
import { PUBLIC_TENANT } from "./domain/knowledge.ts";
import type { KnowledgeIndex, KnowledgeStore, Ledger, SettingsStore } from "./ports.ts";

export interface TenantStores {
  readonly ledger: Pick<Ledger, "eraseTenant">;
  readonly store: Pick<KnowledgeStore, "idsOf" | "eraseTenant">;
  readonly index: Pick<KnowledgeIndex, "removeEntity">;
  readonly settings: Pick<SettingsStore, "remove">;
}

/** Returns how many interactions went. Done again after a fault, it goes on where it was. The public tenant is nobody's to erase. */
export async function eraseTenant(
  tenant: Tenant,
  { ledger, store, index, settings }: TenantStores,
): Promise<number> {
  if (tenant === PUBLIC_TENANT) throw new Error("the public knowledge belongs to nobody");
  const interactions = await ledger.eraseTenant(tenant);
  // The index first: what is in the store alone is found by the next attempt.
  for (const id of await store.idsOf(tenant)) await index.removeEntity(id);
  await store.eraseTenant(tenant);
  await settings.remove(tenant);
  return interactions;
}
