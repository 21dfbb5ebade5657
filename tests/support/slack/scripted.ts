/** Slack bots over the scripted assistant and a real database, for tests of what Slack does. */
import { createSlackApp, type SlackAppOptions } from "../../../bots/slack/app.ts";
import { createSlackBot, type SlackBot } from "../../../bots/slack/main.ts";
import type { SlackOptions } from "../../../bots/slack/options.ts";
import { createEventBook } from "../../../src/adapters/prisma/event-book.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { createPeopleBook } from "../../../src/adapters/prisma/people-book.ts";
import { createPostBook } from "../../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import { createAdmission } from "../../../src/admission.ts";
import { createLog } from "../../../src/log.ts";
import type { InstallationBook } from "../../../src/ports.ts";
import { createSealer } from "../../../src/sealing.ts";
import type { ScriptedHost } from "../discord/scripted.ts";
import { scriptedWeb } from "../scripted-web.ts";
import type { LoopbackSlack } from "./loopback.ts";
import { APP_TOKEN, type StoredTeam } from "./world.ts";

/** For the tokens that workspaces bring. */
const KEY = "00".repeat(32);

export interface SlackOverrides extends Partial<SlackOptions> {
  readonly atOnce?: number;
  readonly queueLimit?: number;
  /** How events come and whose tokens it has: Socket Mode and one workspace, unless told. */
  readonly app?: Partial<Pick<SlackAppOptions, "transport" | "workspaces">>;
}

/** What workspaces have brought along when they installed the bot. */
export function installationsIn({ database }: Pick<ScriptedHost, "database">): InstallationBook {
  return createInstallationBook(database.client, "slack", createSealer(KEY, [], "KEY"));
}

/** `host` is what the bots of every platform stand on. */
export function scriptedSlackBot(
  host: ScriptedHost,
  slack: Pick<LoopbackSlack, "endpoints"> & { readonly team: Pick<StoredTeam, "token"> },
  { atOnce = 4, queueLimit = 32, app: forApp, ...overrides }: SlackOverrides = {},
): SlackBot {
  const { client } = host.database;
  const { options } = scriptedWeb();
  const installations = installationsIn(host);
  const log = createLog("fatal");
  const app = createSlackApp({
    transport: { kind: "socket", appToken: APP_TOKEN },
    workspaces: { kind: "one", botToken: slack.team.token },
    installations,
    endpoints: slack.endpoints,
    log,
    ...forApp,
  });
  return createSlackBot(app, {
    hosts: slack.endpoints.hosts,
    pseudonymKey: Buffer.from("the key of the tests"),
    assistant: createAdmission(host.keeping, { atOnce, queueLimit }),
    ledger: host.ledger,
    people: createPeopleBook(client),
    events: createEventBook(client),
    store: options.store,
    posts: createPostBook(client),
    settings: createSettingsStore(client),
    installations,
    eraseTenant: (tenant) => host.ledger.eraseTenant(tenant),
    drawOverlay: options.drawOverlay,
    thumbnail: options.thumbnail,
    limits: { imageBytes: 1024 * 1024, questionCharacters: 300 },
    log,
    drainSeconds: 5,
    ...overrides,
  });
}
