/** Registers the commands, only when they have changed: Discord counts registrations, and everybody's menus reload. */
import { type REST, Routes } from "discord.js";
import { commandDefinitions } from "./commands.ts";
import type { DiscordOptions } from "./options.ts";

/** For everybody, or on one server alone, where they change at once. Resolves to whether anything had to be written. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  { questionCharacters }: Pick<DiscordOptions["limits"], "questionCharacters">,
  guildId?: string,
): Promise<boolean> {
  const wanted = commandDefinitions(questionCharacters);
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const query = new URLSearchParams({ with_localizations: "true" });
  const present = await rest.get(route, { query });
  if (includes(present, wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Whether `given` says all that `wanted` says; Discord adds ids, versions and defaults of its own, and leaves out what is empty. */
export function includes(given: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const items = Array.isArray(given) ? given : [];
    if (items.length !== wanted.length) return false;
    const named = (item: { name?: string; value?: string }, index: number) =>
      items.find((other) => item?.name !== undefined && other?.name === item.name) ?? items[index];
    return wanted.every((item, index) => includes(named(item, index), item));
  }
  if (typeof wanted !== "object" || wanted === null)
    return (given ?? null) === (wanted ?? null) || (wanted === false && given === undefined);
  if (typeof given !== "object" || given === null) return false;
  return Object.entries(wanted).every(([key, value]) =>
    includes((given as Record<string, unknown>)[key], value),
  );
}
