/** Which language somebody reads. Pure. */
import { textsIn } from "../chat/languages.ts";
import { english, type Texts } from "./texts/english.ts";
import { french } from "./texts/french.ts";
import { german } from "./texts/german.ts";
import { japanese } from "./texts/japanese.ts";
import { spanish } from "./texts/spanish.ts";
import { chinese } from "./texts/traditional-chinese.ts";

/** Slack's locales that have texts of their own. */
export const LANGUAGES = {
  "en-US": english,
  "de-DE": german,
  "fr-FR": french,
  "es-ES": spanish,
  "ja-JP": japanese,
  "zh-TW": chinese,
} as const satisfies Record<string, Texts>;

/** The texts for a locale of Slack, such as `en-GB` or `es-LA`; English where there are none. */
export function textsFor(locale: string | null | undefined): Texts {
  return textsIn<Texts>(LANGUAGES, locale);
}
