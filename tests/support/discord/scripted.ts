/**
 * Bots over the scripted assistant and a real database, for tests of what Discord does; what an answer says is another test's
 * matter. Replies are kept in the real ledger, so that feedback, follow-ups and evidence are real.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDiscordBot, type DiscordBot } from "../../../bots/discord/main.ts";
import type { DiscordOptions } from "../../../bots/discord/options.ts";
import { type Database, openDatabase } from "../../../src/adapters/prisma/database.ts";
import { createLedger } from "../../../src/adapters/prisma/ledger.ts";
import { createPeopleBook } from "../../../src/adapters/prisma/people-book.ts";
import { createPostBook } from "../../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import { createAdmission } from "../../../src/admission.ts";
import { createLog } from "../../../src/log.ts";
import type { Assistant, Ledger } from "../../../src/ports.ts";
import { decodedImage } from "../replies.ts";
import { createScriptedAssistant, type ScriptedAssistant } from "../scripted-assistant.ts";
import { scriptedWeb } from "../scripted-web.ts";
import type { LoopbackDiscord } from "./loopback.ts";
import { TOKEN } from "./world.ts";

export interface ScriptedHost {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly assistant: ScriptedAssistant;
  /** The same, with its replies kept in the ledger: what the bots talk to. */
  readonly keeping: Assistant;
  /** How long an answer is held up besides. */
  readonly pace: { milliseconds: number };
  bot(
    discord: Pick<LoopbackDiscord, "endpoints">,
    overrides?: Partial<DiscordOptions> & { readonly atOnce?: number; readonly queueLimit?: number },
  ): DiscordBot;
  close(): Promise<void>;
}

/** In `folder`, or else in one of its own that goes with it. */
export async function openScriptedHost(folder?: string): Promise<ScriptedHost> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), "rora-discord-")));
  const database = await openDatabase({ folder: data });
  await database.migrate();
  const ledger = createLedger(database.client);
  const assistant = createScriptedAssistant({});
  const { options } = scriptedWeb();
  const pace = { milliseconds: 0 };
  const kept = keeping(assistant, ledger, pace);
  return {
    database,
    ledger,
    assistant,
    keeping: kept,
    pace,
    bot(discord, { atOnce = 4, queueLimit = 32, ...overrides } = {}) {
      return createDiscordBot({
        token: TOKEN,
        endpoints: discord.endpoints,
        pseudonymKey: Buffer.from("the key of the tests"),
        assistant: createAdmission(kept, { atOnce, queueLimit }),
        ledger,
        people: createPeopleBook(database.client),
        store: options.store,
        posts: createPostBook(database.client),
        settings: createSettingsStore(database.client),
        drawOverlay: options.drawOverlay,
        thumbnail: options.thumbnail,
        about: async () => ({ model: "scripted", entities: 4 }),
        limits: { imageBytes: 1024 * 1024, questionCharacters: 300 },
        log: createLog("fatal"),
        drainSeconds: 5,
        ...overrides,
      });
    },
    async close() {
      await database.close();
      if (folder === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

/** Keeps in the ledger what another assistant answers, as the real one does. */
function keeping(assistant: Assistant, ledger: Ledger, pace: ScriptedHost["pace"]): Assistant {
  return {
    async *ask(question, options) {
      const { tenant } = question.asker;
      const known = question.conversation ? await ledger.conversation(question.conversation, tenant) : null;
      const id = question.conversation ?? crypto.randomUUID();
      const conversation = known ?? { id, tenant, imageSha256: null, entityId: null, turns: 0 };
      if (!(await ledger.accept(question, conversation))) throw new Error("the same question came twice");
      const image = question.image === undefined ? null : decodedImage(question.image.bytes);
      await sleep(pace.milliseconds, undefined, options);
      for await (const event of assistant.ask({ ...question, conversation: id }, options)) {
        if (event.kind === "answer-end") await ledger.complete(question, conversation, event.reply, image);
        yield event;
      }
    },
  };
}
