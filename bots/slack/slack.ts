/** The names of Slack's own things that the bot uses, and what it refuses. */
import { RespondError, type types, webApi } from "@slack/bolt";

export type Block = types.KnownBlock;
export type Modal = types.ModalView;
export type Home = types.HomeView;
export type Client = webApi.WebClient;

/** Slack's word for why it refused a call, such as `channel_not_found`; null for any other fault. */
export function refusalOf(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** Slack's words for a message that it does not take in this form. */
const INVALID = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"];

/** Whether the same message may be taken in another form. The answer to a command is refused without a word why. */
export function isFormRefused(error: unknown): boolean {
  return error instanceof RespondError || INVALID.includes(refusalOf(error) ?? "");
}

/** Slack says to come back later; only a client that does not wait by itself is told. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof webApi.WebAPIRateLimitedError;
}

/** Faults as they may be logged: the library's carry whole answers, with what people wrote. */
export function loggable(error: unknown): unknown {
  if (error instanceof webApi.WebAPIPlatformError) {
    const { name, message, code, data } = error;
    return { type: name, message, code, refusal: data.error };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const { name, message, code, statusCode } = error;
    return { type: name, message, code, statusCode };
  }
  return error;
}
