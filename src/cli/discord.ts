/** `rora discord`: registering commands, and the link that installs the bot. */
import { readConfig } from "../config.ts";
import { openDiscordPortal } from "../start/discord.ts";

/** On one server alone, where changes show at once, or for everybody. */
export async function runRegister({ guild }: { readonly guild: string | undefined }): Promise<void> {
  const changed = await openDiscordPortal(readConfig()).register(guild);
  console.log(
    changed ? "The commands are registered." : "The commands are registered already: nothing to do.",
  );
}

export async function runInvite(): Promise<void> {
  console.log(await openDiscordPortal(readConfig()).invite());
}
