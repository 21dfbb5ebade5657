/** The names of Slack's own things that the bot uses, and what it refuses. */
import { type types, webApi } from "@slack/bolt";

export type Block = types.KnownBlock;
export type Modal = types.ModalView;
export type Home = types.HomeView;
export type Client = webApi.WebClient;

/** Slack's word for why it refused a call, such as `channel_not_found`; null for any other fault. */
export function refusalOf(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
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
