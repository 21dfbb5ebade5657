// @ts-check
/** Which sentence of a passage carries the answer. */

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** @param {string} text @returns {Set<string>} */
function wordsOf(text) {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/**
 * The sentence sharing most words with what was cited, words that occur in fewer sentences counting for more.
 * @param {string} passage
 * @param {string} cited the part of the answer that rests on the passage
 * @returns {{ start: number, end: number } | null} offsets in the passage; null where nothing is shared
 */
export function findSentence(passage, cited) {
  const sentences = [...segmenter.segment(passage)].map(({ segment, index }) => ({
    start: index,
    end: index + segment.trimEnd().length,
    words: wordsOf(segment),
  }));
  const wanted = wordsOf(cited);
  let best = null;
  let bestScore = 0;
  for (const sentence of sentences) {
    let score = 0;
    for (const word of wanted) {
      if (!sentence.words.has(word)) continue;
      score += 1 / sentences.filter(({ words }) => words.has(word)).length;
    }
    if (score > bestScore) [best, bestScore] = [sentence, score];
  }
  return best && { start: best.start, end: best.end };
}
