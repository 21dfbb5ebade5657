/** Slack bots over the scripted assistant and a real database, for tests of what Slack does. */
import { createSlackApp } from "../../../bots/slack/app.ts";
import { createSlackBot, type SlackBot } from "../../../bots/slack/main.ts";
import type { SlackOptions } from "../../../bots/slack/options.ts";
import { createEventBook } from "../../../src/adapters/prisma/event-book.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { createPersonBook } from "../../../src/adapters/prisma/person-book.ts";
import { createPostBook } from "../../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import { createAdmission } from "../../../src/admission.ts";
import { createLog } from "../../../src/log.ts";
import { createSealer } from "../../../src/sealing.ts";
import type { ScriptedHost } from "../discord/scripted.ts";
import { scriptedWeb } from "../scripted-web.ts";
import type { LoopbackSlack } from "./loopback.ts";
import { APP_TOKEN } from "./world.ts";

/** For tokens that a workspace brings; none does here. */
const KEY = "00".repeat(32);

export interface SlackOverrides extends Partial<SlackOptions> {
  readonly atOnce?: number;
  readonly queueLimit?: number;
}

/** `host` is what the bots of every platform stand on. */
export function scriptedSlackBot(
  host: ScriptedHost,
  slack: Pick<LoopbackSlack, "endpoints" | "team">,
  { atOnce = 4, queueLimit = 32, ...overrides }: SlackOverrides = {},
): SlackBot {
  const { client } = host.database;
  const { options } = scriptedWeb();
  const installations = createInstallationBook(client, "slack", createSealer(KEY, [], "KEY"));
  const log = createLog("fatal");
  const app = createSlackApp({
    transport: { kind: "socket", appToken: APP_TOKEN },
    workspaces: { kind: "one", botToken: slack.team.token },
    installations,
    endpoints: { api: slack.endpoints.api, authorize: "" },
    log,
  });
  return createSlackBot(app, {
    hosts: slack.endpoints.hosts,
    pseudonymKey: Buffer.from("the key of the tests"),
    assistant: createAdmission(host.keeping, { atOnce, queueLimit }),
    ledger: host.ledger,
    people: createPersonBook(client),
    events: createEventBook(client),
    store: options.store,
    posts: createPostBook(client),
    settings: createSettingsStore(client),
    installations,
    eraseTenant: async () => 0,
    drawOverlay: options.drawOverlay,
    thumbnail: options.thumbnail,
    limits: { imageBytes: 1024 * 1024, questionCharacters: 300 },
    log,
    drainSeconds: 5,
    ...overrides,
  });
}
