/** Every way in which a served model fails, as a plain sentence that says what to do. */
import { APIConnectionError, APIError } from "openai";
import { type ErrorCode, RoraError } from "../../errors.ts";

/** The connection ended in the middle of a stream, or before anything came. */
export class BrokenStream extends Error {}

const CONTEXT = /context.{0,10}(length|window|size|limit)|too many tokens|prompt is too long/i;
const PICTURES = /image|picture|multi-?modal|mmproj/i;

/** Whether the same request may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof APIConnectionError || error instanceof BrokenStream) return true;
  if (!(error instanceof APIError) || error.status === undefined) return false;
  return error.status === 408 || error.status === 429 || (error.status >= 500 && !refusesPrompt(error));
}

/** Whether it speaks against the server's health; being asked too much does not. */
export function isServerFault(error: unknown): boolean {
  // The deadline's: the server was silent.
  if (error instanceof RoraError) return error.code === "unavailable";
  return isPassing(error) && !(error instanceof APIError && error.status === 429);
}

/** Context too long or pictures refused: some servers say so with a 500. */
export function refusesPrompt({ code, message }: APIError): boolean {
  return code === "context_length_exceeded" || CONTEXT.test(message) || PICTURES.test(message);
}

/** Seconds of Retry-After, given as seconds or as a date. */
export function retryAfter(error: unknown, now = Date.now()): number | undefined {
  const given = error instanceof APIError ? error.headers?.get("retry-after") : undefined;
  if (given === undefined || given === null) return undefined;
  const seconds = Number.isNaN(Number(given)) ? (Date.parse(given) - now) / 1000 : Number(given);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** RoraErrors stay as they are. `secret` never shows, not even in the cause: servers repeat keys they refuse. */
export function toFault(error: unknown, secret: string | undefined): RoraError {
  if (error instanceof RoraError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const shown = secret === undefined ? message : message.replaceAll(secret, "[hidden]");
  const [code, sentence] = explain(error);
  const seconds = retryAfter(error);
  return new RoraError(code, sentence, {
    cause: new Error(shown),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  });
}

function explain(error: unknown): readonly [ErrorCode, string] {
  if (error instanceof APIConnectionError)
    return [
      "unavailable",
      "The answering model's server cannot be reached. Start it, or correct VLM_URL; then ask again.",
    ];
  if (error instanceof SyntaxError)
    return [
      "unavailable",
      "The answering model's server sent what cannot be read. Ask again; if it stays so, look at its log.",
    ];
  if (error instanceof APIError && error.status !== undefined) return explainStatus(error, error.status);
  return [
    "unavailable",
    "The answering model's server broke off in the middle of the answer. Please ask again.",
  ];
}

function explainStatus(error: APIError, status: number): readonly [ErrorCode, string] {
  if (status === 401 || status === 403)
    return [
      "unavailable",
      "The answering model's server refuses Rora's key. Set VLM_API_KEY to one that it accepts.",
    ];
  if (error.code === "context_length_exceeded" || CONTEXT.test(error.message))
    return [
      "question-too-long",
      "The question and its evidence are too long for the answering model. Ask more briefly; who runs Rora can lower VLM_IMAGE_SIDE and VLM_IMAGES or give the model a longer context.",
    ];
  if (status === 413 || PICTURES.test(error.message))
    return [
      "unavailable",
      "The answering model's server does not take the pictures. Choose a model that reads pictures, or lower VLM_IMAGES and VLM_IMAGE_SIDE.",
    ];
  if (status === 429 || status === 503)
    return [
      "busy",
      "The answering model's server has too much to do right now. Please try again in a moment.",
    ];
  return [
    "unavailable",
    `The answering model's server failed (status ${status}). Ask again; if it stays so, look at its log.`,
  ];
}

/** Something answers there, but no chat completions API. */
export function wrongAddress(): RoraError {
  return new RoraError(
    "unavailable",
    "There is no chat completions API at VLM_URL. It is the address up to and with the version, for example http://localhost:8000/v1.",
  );
}

/** `offered` are the models that the server lists. */
export function unknownModel(model: string, offered: readonly string[]): RoraError {
  return new RoraError(
    "unavailable",
    offered.length === 0
      ? `The answering model's server does not know the model ${model}. Load it there, or correct VLM_MODEL.`
      : `The answering model's server does not know the model ${model}. It has ${some(offered)}: set VLM_MODEL to one of them.`,
  );
}

/** The first five names; hosted servers have hundreds. */
export function some(names: readonly string[]): string {
  const first = names.slice(0, 5).join(", ") || "none";
  return names.length > 5 ? `${first} and ${names.length - 5} more` : first;
}
