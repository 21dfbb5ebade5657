/** How Rora answers in a workspace: in words, as a form, and what comes back from it. Pure. */
import type { ChatSettings } from "../../src/domain/settings.ts";
import { choiceIn, conversationsIn, type FormState, isTicked, textIn } from "./form-values.ts";
import { FORMS, field, form, option } from "./forms.ts";
import { LANGUAGES } from "./languages.ts";
import type { Modal } from "./slack.ts";
import type { Texts } from "./texts/english.ts";

const NAMES = {
  channels: "channels",
  answers: "answers",
  limit: "limit",
  language: "language",
  training: "training",
} as const;

/** The choice of no language: everybody reads their own. */
const OWN_LANGUAGE = "own";
/** Most questions an hour that can be set. */
const MOST_PER_HOUR = 1000;
const LISTED_CHANNELS = 40;

export function describeSettings(settings: ChatSettings, texts: Texts): string {
  const names = texts.settings;
  const channels = settings.channels.slice(0, LISTED_CHANNELS).map((id) => `<#${id}>`);
  return [
    `${names.channels}: ${channels.length === 0 ? texts.everywhere : channels.join(", ")}`,
    `${names.answers}: ${settings.privateAnswers ? texts.privately : texts.publicly}`,
    `${names.limit}: ${settings.questionsPerHour === 0 ? texts.unlimited : settings.questionsPerHour}`,
    `${names.language}: ${settings.language ?? texts.ownLanguage}`,
    `${names.training}: ${settings.trainingAllowed ? texts.trainingOn : texts.trainingOff}`,
  ].join("\n");
}

export function settingsForm(settings: ChatSettings, texts: Texts): Modal {
  const names = texts.settings;
  const languages = [
    option(OWN_LANGUAGE, texts.ownLanguage),
    ...Object.keys(LANGUAGES).map((name) => option(name, name)),
  ];
  const tick = (words: string, ticked: boolean) => ({
    type: "checkboxes" as const,
    options: [option("yes", words)],
    ...(ticked ? { initial_options: [option("yes", words)] } : {}),
  });
  const blocks = [
    field(
      NAMES.channels,
      names.channels,
      {
        type: "multi_conversations_select",
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(settings.channels.length === 0 ? {} : { initial_conversations: [...settings.channels] }),
      },
      { optional: true, hint: texts.channelsHint },
    ),
    field(NAMES.answers, names.answers, tick(texts.privateOption, settings.privateAnswers), {
      optional: true,
    }),
    field(
      NAMES.limit,
      names.limit,
      {
        type: "number_input",
        is_decimal_allowed: false,
        min_value: "0",
        max_value: String(MOST_PER_HOUR),
        initial_value: String(settings.questionsPerHour),
      },
      { hint: texts.limitHint },
    ),
    field(NAMES.language, names.language, {
      type: "static_select",
      options: languages,
      initial_option: languages.find(({ value }) => value === settings.language) ?? languages[0]!,
    }),
    field(NAMES.training, names.training, tick(texts.trainingOption, settings.trainingAllowed), {
      optional: true,
    }),
  ];
  return form(FORMS.settings, texts.settingsShort, texts.save, texts, blocks);
}

/** `before` says what the form has no field for, or what was left out. */
export function receiveSettings(state: FormState, before: ChatSettings): ChatSettings {
  const perHour = Number.parseInt(textIn(state, NAMES.limit), 10);
  const language = choiceIn(state, NAMES.language);
  return {
    ...before,
    channels: [...conversationsIn(state, NAMES.channels)],
    privateAnswers: isTicked(state, NAMES.answers),
    questionsPerHour: perHour >= 0 && perHour <= MOST_PER_HOUR ? perHour : before.questionsPerHour,
    language: language !== null && language in LANGUAGES ? language : null,
    trainingAllowed: isTicked(state, NAMES.training),
  };
}
