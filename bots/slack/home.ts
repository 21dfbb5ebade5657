/** The home tab: how to ask, one's own questions, privacy, and for administrators how the bot answers. Pure. */
import type { ChatSettings } from "../../src/domain/settings.ts";
import type { AskedQuestion } from "../../src/ports.ts";
import { consentInWords } from "../chat/privacy.ts";
import { button, context, plain, section } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { safeWithin } from "./safe-text.ts";
import { describeSettings } from "./settings-form.ts";
import type { Block, Home } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

/** Names of its buttons, as they come back. */
export const HOME_ACTIONS = {
  ask: "home-ask",
  show: "home-show",
  export: "home-export",
  erase: "home-erase",
  training: "home-training",
  settings: "home-settings",
} as const;

export const RECENT_QUESTIONS = 5;
const QUESTION_CHARACTERS = 300;
const ANSWER_CHARACTERS = 500;

export interface HomeState {
  readonly texts: Texts;
  readonly recent: readonly AskedQuestion[];
  readonly allowsTraining: boolean;
  /** Whether the workspace allows training at all. */
  readonly policy: boolean;
  /** Null for who may not change them. */
  readonly settings: ChatSettings | null;
  /** What was just done, if anything. */
  readonly told: string | null;
}

export function renderHome({ texts, recent, allowsTraining, policy, settings, told }: HomeState): Home {
  const header = (words: string): Block => ({ type: "header", text: plain(words, LIMITS.header) });
  return {
    type: "home",
    blocks: [
      ...(told === null ? [] : [section(told)]),
      header(texts.homeTitle),
      section(texts.help),
      { type: "actions", elements: [button(HOME_ACTIONS.ask, texts.ask, "ask", { style: "primary" })] },
      header(texts.recentTitle),
      ...(recent.length === 0 ? [section(texts.noneRecent)] : recent.flatMap(asked)),
      header(texts.privacyTitle),
      section(texts.privacyPolicy),
      context(consentInWords(allowsTraining, { policy, texts })),
      privacyButtons(allowsTraining, texts),
      ...(settings === null ? [] : [header(texts.settingsTitle), ...settingsBlocks(settings, texts)]),
    ],
  };
}

/** Slack writes the time in the reader's own zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
function asked({ question, answer, askedAt }: AskedQuestion): Block[] {
  const seconds = Math.floor(askedAt.getTime() / 1000);
  const when = `<!date^${seconds}^{date_short_pretty} {time}|${askedAt.toISOString().slice(0, 10)}>`;
  const words = `*${safeWithin(question, QUESTION_CHARACTERS)}*\n${safeWithin(answer, ANSWER_CHARACTERS)}`;
  return [section(words), context(when)];
}

function privacyButtons(allowsTraining: boolean, texts: Texts): Block {
  return {
    type: "actions",
    elements: [
      button(HOME_ACTIONS.show, texts.showKept, "show"),
      button(HOME_ACTIONS.export, texts.privacy.export, "export"),
      button(
        HOME_ACTIONS.training,
        allowsTraining ? texts.privacy.forbid : texts.privacy.allow,
        allowsTraining ? "forbid" : "allow",
      ),
      button(HOME_ACTIONS.erase, texts.privacy.eraseNow, "erase", {
        style: "danger",
        confirm: {
          title: plain(texts.privacy.eraseNow, 100),
          text: plain(texts.eraseQuestion, 300),
          confirm: plain(texts.privacy.eraseNow, 30),
          deny: plain(texts.cancel, 30),
          style: "danger",
        },
      }),
    ],
  };
}

function settingsBlocks(settings: ChatSettings, texts: Texts): Block[] {
  return [
    section(describeSettings(settings, texts)),
    { type: "actions", elements: [button(HOME_ACTIONS.settings, texts.changeSettings, "settings")] },
  ];
}
