/** How tenants want to be answered, and whether they allow training, kept through Prisma. */
import { type ChatSettings, DEFAULT_CHAT_SETTINGS } from "../../domain/settings.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { SettingsStore } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";

export function createSettingsStore(client: PrismaClient): SettingsStore {
  return withPlainErrors<SettingsStore>({
    async all() {
      const [rows, policies] = await Promise.all([
        client.chatSettings.findMany({ omit: { updatedAt: true } }),
        client.tenantPolicy.findMany(),
      ]);
      const settings = new Map<string, ChatSettings>();
      for (const { tenant, ...row } of rows) settings.set(tenant, { ...row, trainingAllowed: false });
      for (const { tenant, trainingAllowed } of policies)
        settings.set(tenant, { ...(settings.get(tenant) ?? DEFAULT_CHAT_SETTINGS), trainingAllowed });
      return settings;
    },

    async put(tenant, { trainingAllowed, ...settings }) {
      const row = { ...settings, channels: [...settings.channels], roles: [...settings.roles] };
      await client.$transaction([
        client.chatSettings.upsert({ where: { tenant }, create: { tenant, ...row }, update: row }),
        client.tenantPolicy.upsert({
          where: { tenant },
          create: { tenant, trainingAllowed },
          update: { trainingAllowed },
        }),
      ]);
    },

    async remove(tenant) {
      await client.$transaction([
        client.chatSettings.deleteMany({ where: { tenant } }),
        client.tenantPolicy.deleteMany({ where: { tenant } }),
      ]);
    },
  });
}
