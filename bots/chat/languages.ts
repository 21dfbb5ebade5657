/** Which of the languages at hand somebody reads. Pure. */

/**
 * The texts for a platform's locale, such as `en-GB`, `es-419` or `ja-JP`: those of just that locale, else of the same
 * language, else the first ones. Chinese is written in two ways, so there only the very locale will do.
 */
export function textsIn<Texts>(languages: Readonly<Record<string, Texts>>, locale?: string | null): Texts {
  const known = Object.keys(languages);
  const tongue = locale?.split("-")[0];
  const near = known.find((language) => tongue !== "zh" && language.split("-")[0] === tongue);
  const name = known.find((language) => language === locale) ?? near ?? known[0]!;
  return languages[name]!;
}
