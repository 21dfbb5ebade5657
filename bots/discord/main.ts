/** The Discord bot: joins, hands events to their handlers, and stops after letting running questions finish. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "discord.js";
import { LRUCache } from "lru-cache";
import { RoraError } from "../../src/errors.ts";
import { createHourlyLimit, recallHour } from "../chat/hourly-limit.ts";
import { createSettingsCache } from "../chat/settings-cache.ts";
import { answerTurn, type TurnTools } from "../chat/turn.ts";
import type { Bot, ChosenMessage } from "./bot.ts";
import { createClient } from "./client.ts";
import { type ConnectionState, createConnection } from "./connection.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { listen } from "./listen.ts";
import { loggable } from "./loggable.ts";
import type { DiscordOptions } from "./options.ts";
import { apologise } from "./recovery.ts";
import { registerCommands } from "./register.ts";
import type { Texts } from "./texts/english.ts";

/** How long a message chosen for a question is remembered: as long as Discord lets a form be sent, in milliseconds. */
const FORM_LIFE = 15 * 60_000;
/** Milliseconds after which settings changed by another process are seen. */
const SETTINGS_AGE = 60_000;

export interface DiscordBot {
  /**
   * Joins; resolves when every shard is there, or when Discord is away: then it goes on trying. Throws RoraError that says what
   * to do where a person must do something.
   */
  start(): Promise<void>;
  /** Takes no new questions, waits up to `drainSeconds` for running ones, tells those it breaks off, and leaves. */
  stop(): Promise<void>;
  /** Whether it is connected, in words and numbers. */
  state(): ConnectionState;
}

export function createDiscordBot(options: DiscordOptions): DiscordBot {
  const { log } = options;
  const begun = new Date();
  const running = new Set<Promise<void>>();
  const shutdown = new AbortController();
  // Every running question listens to it.
  setMaxListeners(0, shutdown.signal);
  let stopping = false;
  let refreshing: NodeJS.Timeout | undefined;
  const settings = createSettingsCache(options.settings);
  const shared: Omit<Bot, "client"> = {
    options,
    settings,
    hourly: createHourlyLimit(),
    chosen: new LRUCache<string, ChosenMessage>({ max: 1_000, ttl: FORM_LIFE }),
    toldThreads: new LRUCache<string, true>({ max: 10_000 }),
    run: (turn, showing) => track(answerTurn(turn, showing, turnTools(options), shutdown.signal)),
  };

  /** Stopping waits for it. `work` must not reject. */
  function track(work: Promise<void>): void {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
  }

  async function allDone(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  async function joined(client: Client<true>): Promise<void> {
    const lost = await apologise(client, options, begun);
    if (lost > 0) log.info({ lost }, "told the people whose questions the last stop had cut off");
    // Old commands still work, and mentions need none.
    await registerCommands(client.rest, client.application.id, options.limits).catch((error: unknown) =>
      log.error({ err: loggable(error) }, "the commands could not be registered"),
    );
    log.info(connection.state(), "in Discord");
  }

  const connection = createConnection({
    token: options.token,
    log,
    joined,
    open() {
      const client = createClient(options.endpoints);
      listen(client, { ...shared, client: client as Client<true> }, track);
      return client;
    },
    retire(client) {
      client.removeAllListeners();
      // An error that nobody listens to would end the process.
      client.on("error", () => {});
      // Answers under way stand in messages of this one.
      void allDone().then(() => client.destroy());
    },
  });

  return {
    async start() {
      await settings.refresh();
      await recallHour(shared.hourly, options.people, "discord");
      refreshing = setInterval(() => {
        settings
          .refresh()
          .catch((error: unknown) => log.warn({ err: loggable(error) }, "settings could not be read"));
      }, SETTINGS_AGE);
      refreshing.unref();
      await connection.join();
    },

    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(refreshing);
      const deadline = new AbortController();
      const drained = allDone();
      const late = sleep(options.drainSeconds * 1000, undefined, deadline).catch(() => {});
      await Promise.race([drained, late]);
      deadline.abort();
      shutdown.abort(new RoraError("unavailable", "Rora is stopping. Please ask again in a moment."));
      await drained;
      await connection.leave();
    },

    state: () => connection.state(),
  };
}

function turnTools({ assistant, posts, endpoints, limits, log }: DiscordOptions): TurnTools<Texts> {
  const fetching = { attachments: endpoints.attachments, most: limits.imageBytes };
  return {
    platform: "discord",
    assistant,
    posts,
    fetchPicture: (picture, texts, signal) => fetchPicture(picture, { ...fetching, texts, signal }),
    loggable,
    log,
  };
}
