/** What of the chat completions API a server understands. Every server takes the rest; these it may refuse with a 400. */
import { APIError, type OpenAI } from "openai";
import { ANSWER_SCHEMA, type AnswerForm } from "../../domain/instructions.ts";
import { refusesPrompt } from "./faults.ts";

/** How a refusal names each feature. `maxTokens` is the older name of the limit, which newer hosted models refuse. */
const NAMED = {
  structured: /response_format|json_?schema|structured|guided|grammar/i,
  logprobs: /logprobs/i,
  maxTokens: /max_tokens/i,
  temperature: /temperature/i,
} as const;
type Feature = keyof typeof NAMED;

/** The features still used with a server. */
export type Dialect = ReadonlySet<Feature>;

export const FULL_DIALECT: Dialect = new Set(Object.keys(NAMED) as Feature[]);

export function answerForm(dialect: Dialect): AnswerForm {
  return dialect.has("structured") ? "structured" : "labelled";
}

/** The parameters of a request besides model and messages. */
export function parameters(dialect: Dialect, maximumTokens: number) {
  const responseFormat: OpenAI.ResponseFormatJSONSchema = {
    type: "json_schema",
    json_schema: { name: "cited_answer", strict: true, schema: ANSWER_SCHEMA },
  };
  return {
    [dialect.has("maxTokens") ? "max_tokens" : "max_completion_tokens"]: maximumTokens,
    ...(dialect.has("temperature") ? { temperature: 0 } : {}),
    ...(dialect.has("logprobs") ? { logprobs: true } : {}),
    ...(dialect.has("structured") ? { response_format: responseFormat } : {}),
  };
}

/** The dialect without what the server refused: what it names, else structured answers. Null when nothing is left to try. */
export function withoutRefused(dialect: Dialect, error: unknown): Dialect | null {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const words = `${error.param ?? ""} ${error.message}`;
  const unnamed = refusesPrompt(error) ? undefined : "structured";
  const refused =
    [...dialect].find((feature) => NAMED[feature].test(words)) ??
    [...dialect].find((feature) => feature === unnamed);
  return refused === undefined ? null : new Set([...dialect].filter((feature) => feature !== refused));
}
