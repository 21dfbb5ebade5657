/** Answers that end before certain words, as `stop_strings` of generation_config.json names them. */
import type { GeneratedToken } from "../../ports.ts";
import type { ChosenToken } from "./token-choice.ts";

/** Words of an answer as they come; nothing is asked of `tokens` once a stop string is complete. */
export async function* endingAt(
  stopStrings: readonly string[],
  tokens: AsyncIterable<ChosenToken>,
  detokenize: (id: number) => string,
): AsyncGenerator<GeneratedToken> {
  let held = "";
  /** The token whose words go on with what is held, should no stop string come of it. */
  let waiting: GeneratedToken | null = null;
  for await (const { id, logProbability } of tokens) {
    if (waiting !== null) yield waiting;
    held += detokenize(id);
    const end = firstOf(stopStrings, held);
    if (end !== null) {
      yield { text: held.slice(0, end), logProbability };
      return;
    }
    const safe = held.length - beginningAtEnd(stopStrings, held);
    const token = { text: held.slice(0, safe), logProbability };
    held = held.slice(safe);
    waiting = held === "" ? null : token;
    if (waiting === null) yield token;
  }
  if (waiting !== null) yield { ...waiting, text: waiting.text + held };
}

function firstOf(stopStrings: readonly string[], text: string): number | null {
  const ends = stopStrings.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Characters at the end of the text that a stop string could begin with. */
function beginningAtEnd(stopStrings: readonly string[], text: string): number {
  const longest = Math.max(0, ...stopStrings.map((stop) => stop.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--)
    if (stopStrings.some((stop) => stop.startsWith(text.slice(-length)))) return length;
  return 0;
}
