/** The Slack bot: hands events to their handlers, and stops after letting running questions finish. */
import { setTimeout as sleep } from "node:timers/promises";
import { createHourlyLimit, recallHour } from "../chat/hourly-limit.ts";
import { createSettingsCache } from "../chat/settings-cache.ts";
import { answerTurn, type TurnTools } from "../chat/turn.ts";
import type { SlackApp } from "./app.ts";
import type { Bot } from "./bot.ts";
import { fetchPicture } from "./fetch-picture.ts";
import { createHastyClients } from "./hasty.ts";
import { listenForLeaving } from "./installing/leaving.ts";
import { listen } from "./listeners.ts";
import type { SlackOptions } from "./options.ts";
import { createPeople } from "./people.ts";
import { apologise } from "./recovery.ts";
import { safeText } from "./safe-text.ts";
import { loggable } from "./slack.ts";
import { createStreamAllowance } from "./stream-allowance.ts";
import type { Texts } from "./texts/english.ts";
import { createUploads } from "./uploads.ts";
import { createWork } from "./work.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds after which settings changed by another process are seen. */
const SETTINGS_AGE = 60_000;
/** Milliseconds for which Slack may send an event again; it gives up within hours. */
const EVENT_LIFE = 3 * 24 * 60 * 60_000;

export interface SlackBot {
  /** Connects. Throws RoraError that says what to correct. */
  start(): Promise<void>;
  /** Takes no new questions, waits up to `drainSeconds` for running ones, tells those it breaks off, and leaves. */
  stop(): Promise<void>;
  /** Whether it is connected, in words. */
  state(): ReturnType<SlackApp["state"]>;
  /** For requests to the web chat's server: false when one is not Slack's, and then nothing was done with it. */
  readonly handle: SlackApp["handle"];
}

export function createSlackBot(slack: SlackApp, options: SlackOptions): SlackBot {
  const { log } = options;
  const work = createWork();
  let stopping = false;
  let refreshing: NodeJS.Timeout | undefined;

  const settings = createSettingsCache(options.settings);
  const hasty = createHastyClients(log);
  const bot: Bot = {
    options,
    settings,
    hourly: createHourlyLimit(),
    people: createPeople(log, hasty),
    uploads: createUploads(),
    streams: createStreamAllowance(),
    hasty,
    run: (turn, showing, workspace) =>
      void work.run(workspace.tenant, (signal) =>
        answerTurn(turn, showing, turnTools(options, workspace), signal),
      ),
  };
  listen(slack.app, bot, work);
  const leaving = listenForLeaving(slack.app, {
    book: options.installations,
    async eraseTenant(tenant) {
      await options.eraseTenant(tenant);
      await settings.refresh();
    },
    breakOff: work.breakOff,
    log,
  });

  async function refresh(): Promise<void> {
    try {
      await settings.refresh();
      await options.events.forget(new Date(Date.now() - EVENT_LIFE));
    } catch (error) {
      log.warn({ err: loggable(error) }, "settings could not be read");
    }
  }

  return {
    async start() {
      const begun = new Date();
      await settings.refresh();
      refreshing = setInterval(() => void refresh(), SETTINGS_AGE).unref();
      await leaving.finish();
      await recallHour(bot.hourly, options.people, "slack");
      await slack.start();
      log.info(this.state(), "in Slack");
      const lost = await apologise(slack.clientOf, bot, begun);
      if (lost > 0) log.info({ lost }, "told the people whose questions the last stop had cut off");
    },

    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(refreshing);
      // What Slack cannot deliver from now on, it delivers to the next process.
      await slack.stop();
      const deadline = new AbortController();
      const drained = work.drain();
      const late = sleep(options.drainSeconds * 1000, undefined, deadline).catch(() => {});
      await Promise.race([drained, late]);
      deadline.abort();
      slack.hurry();
      work.stop();
      await drained;
    },

    state: () => slack.state(),
    handle: slack.handle,
  };
}

function turnTools(options: SlackOptions, { token }: Workspace): TurnTools<Texts> {
  const { assistant, posts, hosts, limits, log } = options;
  const fetching = { hosts, token, most: limits.imageBytes, harmless: safeText };
  return {
    platform: "slack",
    assistant,
    posts,
    fetchPicture: (picture, texts, signal) => fetchPicture(picture, { ...fetching, texts, signal }),
    loggable,
    log,
  };
}
