/**
 * Turns tokens into text as they come. A character whose bytes are spread over several tokens appears with the last of them;
 * one that never becomes whole does not appear. Only the last few tokens are decoded again at each step.
 */
export function createDetokenizer(decode: (ids: readonly number[]) => string): (id: number) => string {
  let shown: number[] = [];
  let pending: number[] = [];
  return (id) => {
    pending.push(id);
    const before = decode(shown);
    const after = decode([...shown, ...pending]);
    if (after.length <= before.length || after.endsWith("\uFFFD")) return "";
    // Tokens are decoded after those shown last, because some tokenizers drop the space before a first word.
    shown = pending;
    pending = [];
    return after.slice(before.length);
  };
}
