/** Tiny pure helpers for words that come from people and files. */

/**
 * Text as PostgreSQL can keep it: NUL characters, which it refuses, are left out, and lone surrogates,
 * which are no valid UTF-8, become U+FFFD.
 */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Letters that are accented to the eye but that Unicode does not decompose. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ħ: "h",
};

/**
 * Text without case and accents: "Côte d'Ivoire" → "cote d'ivoire", "Straße" → "strasse".
 * Only marks shared by scripts go (accents, Arabic vowel points); the vowel signs of Indic scripts are letters and stay.
 */
export function foldedText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Script=Inherited}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .replace(/[øłđðæœþħ]/g, (letter) => PLAIN_LETTERS[letter]!);
}

/** A name for comparing: folded, with every run of punctuation and blanks as one space: "cote d ivoire". */
export function foldedName(name: string): string {
  return foldedText(name)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}
