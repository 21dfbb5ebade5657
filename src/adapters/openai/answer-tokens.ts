import type { AnswerForm } from "../../domain/instructions.ts";
import { RoraError } from "../../errors.ts";
import type { GeneratedToken } from "../../ports.ts";
import type { AnswerPiece } from "./answer-stream.ts";
import { visibleText } from "./visible-text.ts";

/** The answer's tokens, without thoughts and JSON; leaving early cancels the request. */
export async function* answerTokens(
  pieces: AsyncGenerator<AnswerPiece>,
  form: AnswerForm,
  maximumTokens: number,
): AsyncGenerator<GeneratedToken> {
  let output = "";
  let shown = 0;
  let count = 0;
  for await (const { text, logProbabilities, finishReason } of pieces) {
    output += text;
    const more = visibleText(output, form).slice(shown);
    shown += more.length;
    if (more !== "") {
      const tokens = logProbabilities.length === 0 ? [0] : logProbabilities;
      // A delta may hold several tokens; its text goes with the first.
      for (const [at, logProbability] of tokens.entries())
        yield { text: at === 0 ? more : "", logProbability };
      count += tokens.length;
    }
    if (count >= maximumTokens) return;
    if (finishReason === "length" && shown === 0) throw thoughtTooLong();
  }
}

function thoughtTooLong(): RoraError {
  return new RoraError(
    "unavailable",
    "The answering model thought until its tokens were used up. Raise VLM_THOUGHT_TOKENS, or choose a model that does not think aloud.",
  );
}
