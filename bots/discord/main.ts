/** The Discord bot: joins, hands events to their handlers, and stops after letting running questions finish. */
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, Events, Status } from "discord.js";
import { LRUCache } from "lru-cache";
import { RoraError } from "../../src/errors.ts";
import { createHourlyLimit } from "../chat/hourly-limit.ts";
import { createSettingsCache } from "../chat/settings-cache.ts";
import { answerTurn, type TurnTools } from "../chat/turn.ts";
import type { Bot, ChosenMessage } from "./bot.ts";
import { createClient } from "./client.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { loggable } from "./loggable.ts";
import { onButton } from "./on-button.ts";
import { onCommand, onMessageCommand } from "./on-command.ts";
import { onForm } from "./on-form.ts";
import { onMessage } from "./on-message.ts";
import { onReaction } from "./on-reaction.ts";
import type { DiscordOptions } from "./options.ts";
import { portalFault } from "./portal.ts";
import { apologise } from "./recovery.ts";
import { registerCommands } from "./register.ts";
import type { Texts } from "./texts/english.ts";

/** How long a message chosen for a question is remembered: as long as Discord lets a form be sent, in milliseconds. */
const FORM_LIFE = 15 * 60_000;
/** Milliseconds after which settings changed by another process are seen. */
const SETTINGS_AGE = 60_000;

export interface DiscordBot {
  /** Joins; resolves when every shard is there. Throws RoraError that says what to correct. */
  start(): Promise<void>;
  /** Takes no new questions, waits up to `drainSeconds` for running ones, tells those it breaks off, and leaves. */
  stop(): Promise<void>;
  /** Whether it is connected, in words and numbers. */
  state(): {
    readonly ok: boolean;
    readonly detail: string;
    readonly shards: number;
    readonly connected: number;
    readonly guilds: number;
  };
}

export function createDiscordBot(options: DiscordOptions): DiscordBot {
  const { log } = options;
  const client = createClient(options.endpoints);
  const running = new Set<Promise<void>>();
  const shutdown = new AbortController();
  // Every running question listens to it.
  setMaxListeners(0, shutdown.signal);
  let stopping = false;
  let refreshing: NodeJS.Timeout | undefined;
  const settings = createSettingsCache(options.settings);
  const bot: Bot = {
    client: client as Client<true>,
    options,
    settings,
    hourly: createHourlyLimit(),
    chosen: new LRUCache<string, ChosenMessage>({ max: 1_000, ttl: FORM_LIFE }),
    toldThreads: new LRUCache<string, true>({ max: 10_000 }),
    run(turn, showing) {
      const work = answerTurn(turn, showing, turnTools(options), shutdown.signal).finally(() =>
        running.delete(work),
      );
      running.add(work);
    },
  };

  /** A handler's fault is logged; it must not end the process. */
  function on<Args extends unknown[]>(what: string, handle: (...given: Args) => Promise<void>) {
    return (...given: Args) => {
      const work = handle(...given)
        .catch((error: unknown) => log.error({ err: loggable(error) }, `${what} could not be handled`))
        .finally(() => running.delete(work));
      running.add(work);
    };
  }

  client.on(
    Events.MessageCreate,
    on("a message", (message) => onMessage(message, bot)),
  );
  client.on(
    Events.InteractionCreate,
    on("an interaction", async (interaction) => {
      if (interaction.isChatInputCommand()) await onCommand(interaction, bot);
      else if (interaction.isMessageContextMenuCommand()) await onMessageCommand(interaction, bot);
      else if (interaction.isButton()) await onButton(interaction, bot);
      else if (interaction.isModalSubmit()) await onForm(interaction, bot);
    }),
  );
  client.on(
    Events.MessageReactionAdd,
    on("a reaction", (reaction, user) => onReaction("added", reaction, user, bot)),
  );
  client.on(
    Events.MessageReactionRemove,
    on("a reaction", (reaction, user) => onReaction("removed", reaction, user, bot)),
  );
  client.on(Events.Error, (error) => log.error({ err: loggable(error) }, "Discord: connection"));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ code, shard }, "Discord: left for good"),
  );
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, "Discord: connecting again"));
  client.on(Events.ShardResume, (shard, events) => log.info({ shard, events }, "Discord: resumed"));
  client.rest.on("rateLimited", ({ route, timeToReset }) =>
    log.warn({ route, timeToReset }, "Discord: waiting"),
  );
  client.rest.on("invalidRequestWarning", ({ count }) =>
    log.error({ count }, "Discord: many refused requests"),
  );

  return {
    async start() {
      const begun = new Date();
      await settings.refresh();
      refreshing = setInterval(() => {
        settings
          .refresh()
          .catch((error: unknown) => log.warn({ err: loggable(error) }, "settings could not be read"));
      }, SETTINGS_AGE);
      refreshing.unref();
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      await client.login(options.token).catch((cause: unknown) => {
        throw portalFault(cause);
      });
      await ready;
      const lost = await apologise(client as Client<true>, options, begun);
      if (lost > 0) log.info({ lost }, "told the people whose questions the last stop had cut off");
      // Old commands still work, and mentions need none.
      await registerCommands(client.rest, client.application!.id, options.limits).catch((error: unknown) =>
        log.error({ err: loggable(error) }, "the commands could not be registered"),
      );
      log.info(this.state(), "in Discord");
    },

    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(refreshing);
      const deadline = new AbortController();
      const drained = (async () => {
        while (running.size > 0) await Promise.all(running);
      })();
      const late = sleep(options.drainSeconds * 1000, undefined, deadline).catch(() => {});
      await Promise.race([drained, late]);
      deadline.abort();
      shutdown.abort(new RoraError("unavailable", "Rora is stopping. Please ask again in a moment."));
      await drained;
      await client.destroy();
    },

    state() {
      const shards = client.ws.shards.size;
      const connected = client.ws.shards.filter(({ status }) => status === Status.Ready).size;
      const guilds = client.guilds.cache.size;
      const detail = `${connected} of ${shards} shards connected, ${guilds} servers`;
      return { ok: shards > 0 && connected === shards, detail, shards, connected, guilds };
    },
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
