/** The real core with the starter model, and bots that join the loopback Discord with it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDiscordBot, type DiscordBot } from "../../../bots/discord/main.ts";
import type { DiscordOptions } from "../../../bots/discord/options.ts";
import { createAdmission } from "../../../src/admission.ts";
import { type Config, readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { type Core, openCore } from "../../../src/start/core.ts";
import { discordOptions } from "../../../src/start/discord.ts";
import type { LoopbackDiscord } from "./loopback.ts";
import { TOKEN } from "./world.ts";

export interface CoreForDiscord {
  readonly core: Core;
  readonly config: Config;
  /** A bot over the core, not yet started. */
  bot(
    discord: LoopbackDiscord,
    overrides?: Partial<DiscordOptions> & { readonly atOnce?: number; readonly queueLimit?: number },
  ): Promise<DiscordBot>;
  close(): Promise<void>;
}

export async function openCoreForDiscord(): Promise<CoreForDiscord> {
  const folder = await mkdtemp(join(tmpdir(), "rora-discord-"));
  const config = readConfig({ DATA_DIR: folder, DISCORD_TOKEN: TOKEN });
  const core = await openCore(config, createLog("silent"), { signal: new AbortController().signal });
  return {
    core,
    config,
    async bot(discord, { atOnce = 4, queueLimit = 32, ...overrides } = {}) {
      const admission = createAdmission(core.assistant, { atOnce, queueLimit });
      const options = await discordOptions(core, admission, config, createLog("warn"), discord.endpoints);
      return createDiscordBot({ ...options!, ...overrides });
    },
    async close() {
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
