/** The real core with the starter model, and bots that join the loopback Slack with it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SlackBot } from "../../../bots/slack/main.ts";
import { createAdmission } from "../../../src/admission.ts";
import { type Config, readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { type Core, openCore } from "../../../src/start/core.ts";
import { openSlackBot } from "../../../src/start/slack.ts";
import type { LoopbackSlack } from "./loopback.ts";
import { APP_TOKEN } from "./world.ts";

export interface CoreForSlack {
  readonly core: Core;
  /** Settings for a bot in the first workspace of a loopback. */
  configFor(slack: LoopbackSlack): Config;
  /** A bot over the core, not yet started. */
  bot(slack: LoopbackSlack): Promise<SlackBot>;
  close(): Promise<void>;
}

export async function openCoreForSlack(): Promise<CoreForSlack> {
  const folder = await mkdtemp(join(tmpdir(), "rora-slack-"));
  const configFor = ({ team }: Pick<LoopbackSlack, "team">) =>
    readConfig({ DATA_DIR: folder, SLACK_BOT_TOKEN: team.token, SLACK_APP_TOKEN: APP_TOKEN });
  const config = readConfig({ DATA_DIR: folder });
  const core = await openCore(config, createLog("silent"), { signal: new AbortController().signal });
  return {
    core,
    configFor,
    async bot(slack) {
      const admission = createAdmission(core.assistant, { atOnce: 4, queueLimit: 32 });
      const bot = await openSlackBot(core, admission, configFor(slack), createLog("warn"), slack.endpoints);
      return bot!;
    },
    async close() {
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
