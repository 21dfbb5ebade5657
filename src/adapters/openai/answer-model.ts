/** A vision-language model behind any server that speaks OpenAI's chat completions API: vLLM, SGLang, llama.cpp, Ollama, hosted. */
import { APIError, OpenAI } from "openai";
import { systemInstruction } from "../../domain/instructions.ts";
import { RoraError } from "../../errors.ts";
import type { AnswerModel, PromptMessage } from "../../ports.ts";
import { openAnswer, type SilenceLimits } from "./answer-stream.ts";
import { answerTokens } from "./answer-tokens.ts";
import { type AttemptOptions, createAttempts } from "./attempts.ts";
import { answerForm, type Dialect, FULL_DIALECT, parameters, withoutRefused } from "./dialect.ts";
import { toFault, unknownModel, wrongAddress } from "./faults.ts";
import { contentParts, type DrawPicture, type PictureLimits } from "./messages.ts";
import { createModelCheck, offeredModels, type ServerState } from "./model-list.ts";
import { fetchWithReasons } from "./refusals.ts";

export interface ServedModelOptions {
  /** Up to and with the version, for example `http://localhost:8000/v1`. */
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
  readonly drawPicture: DrawPicture;
  readonly pictures: PictureLimits;
  readonly silence: SilenceLimits;
  /** Tokens besides the answer's: for JSON, and for models that think first. */
  readonly thoughtTokens: number;
  readonly attempts?: AttemptOptions;
}

export interface ServedModel extends AnswerModel {
  /** Asks whether the server is there, and for the model. Throws RoraError that says what to do. */
  check(): Promise<ServerState>;
}

/**
 * Nothing is asked before the first question, so that the server may start later. What it refuses with a 400 (JSON by schema, log
 * probabilities) is left out from then on. Without log probabilities, tokens count as certain: the confidence of an answer is then the
 * critic's alone.
 */
export function createServedModel(options: ServedModelOptions): ServedModel {
  const { url, model, apiKey, drawPicture, pictures, silence, thoughtTokens } = options;
  const client = new OpenAI({
    baseURL: url,
    // The client wants one; servers without keys ignore it.
    apiKey: apiKey ?? "none",
    // Not from the environment, which belongs to src/config.ts.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    fetch: fetchWithReasons,
    // Its pauses could not be aborted: see attempts.ts.
    maxRetries: 0,
  });
  const attempt = createAttempts(options.attempts);
  let understood: Dialect = FULL_DIALECT;

  /** The first answer that the server gives in a dialect it understands, which is remembered. */
  async function open(messages: readonly PromptMessage[], maximumTokens: number, signal: AbortSignal) {
    const content = await contentParts(messages, drawPicture, pictures);
    const openIn = (dialect: Dialect) =>
      openAnswer(
        client,
        {
          model,
          stream: true,
          ...parameters(dialect, maximumTokens + thoughtTokens),
          messages: [
            { role: "system", content: systemInstruction(answerForm(dialect), "dimmed") },
            { role: "user", content },
          ],
        },
        silence,
        signal,
      );
    for (let dialect: Dialect | null = understood; ; ) {
      try {
        const pieces = await attempt(() => openIn(dialect!), signal);
        understood = dialect;
        return { pieces, form: answerForm(dialect) };
      } catch (error) {
        dialect = withoutRefused(dialect, error);
        if (dialect === null) throw error;
      }
    }
  }

  async function explained(error: unknown): Promise<RoraError> {
    if (!(error instanceof APIError) || error.status !== 404) return toFault(error, apiKey);
    const offered = await offeredModels(client).catch((failure: unknown) => toFault(failure, apiKey));
    if (offered instanceof RoraError) return offered;
    return offered?.includes(model) ? wrongAddress() : unknownModel(model, offered ?? []);
  }

  return {
    id: `served/${model}`,
    check: createModelCheck({ client, model, secret: apiKey }),
    async *generate(messages, { maximumTokens, signal }) {
      try {
        const { pieces, form } = await open(messages, maximumTokens, signal);
        yield* answerTokens(pieces, form, maximumTokens);
      } catch (error) {
        signal.throwIfAborted();
        throw await explained(error);
      }
    },
  };
}
