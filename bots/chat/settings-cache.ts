/** Settings at hand: an interaction must be acknowledged within 3 seconds, privately or not, before any database is asked. */
import type { Tenant } from "../../src/domain/knowledge.ts";
import { type ChatSettings, DEFAULT_CHAT_SETTINGS } from "../../src/domain/settings.ts";
import type { SettingsStore } from "../../src/ports.ts";

export interface SettingsCache {
  /** As far as it was read; the defaults for a tenant that has none. */
  of(tenant: Tenant): ChatSettings;
  /** Kept, and from now on in effect. */
  put(tenant: Tenant, settings: ChatSettings): Promise<void>;
  /** Reads everything again: another process may have changed it. */
  refresh(): Promise<void>;
}

export function createSettingsCache(store: SettingsStore): SettingsCache {
  let known: ReadonlyMap<Tenant, ChatSettings> = new Map();
  const refresh = async () => {
    known = await store.all();
  };
  return {
    of: (tenant) => known.get(tenant) ?? DEFAULT_CHAT_SETTINGS,
    refresh,
    async put(tenant, settings) {
      await store.put(tenant, settings);
      await refresh();
    },
  };
}
