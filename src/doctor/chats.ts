/** The chat platforms that are set. */
import type { Config } from "../config.ts";
import { createLog } from "../log.ts";
import { openDiscordPortal } from "../start/discord.ts";
import { examineSlackSettings } from "../start/slack.ts";
import { type Check, plainly } from "./check.ts";

export async function* examineChats(
  config: Pick<Config, "discord" | "slack" | "limits">,
): AsyncGenerator<Check> {
  const { discord, slack } = config;
  if (discord !== null) yield* await named("Discord", () => openDiscordPortal(config).examine());
  // What the library logs is in the findings.
  if (slack !== null) yield* await named("Slack", () => examineSlackSettings(slack, createLog("silent")));
}

function named(name: string, examine: () => Promise<Omit<Check, "name">[]>): Promise<Check[]> {
  return plainly(name, async () => (await examine()).map((finding) => ({ name, ...finding })));
}
