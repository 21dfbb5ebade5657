/** Faults as they may be logged: the library's carry addresses with interaction tokens in them, and what people wrote. */
import { DiscordAPIError, HTTPError } from "discord.js";

/** The fault itself where it is none of the library's; of those, what helps and harms nobody. */
export function loggable(error: unknown): unknown {
  if (error instanceof DiscordAPIError) {
    const { name, message, code, status, method } = error;
    return { type: name, message, code, status, method };
  }
  if (error instanceof HTTPError) {
    const { name, message, status, method } = error;
    return { type: name, message, status, method };
  }
  return error;
}
