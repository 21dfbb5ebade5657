/** Where an answer stands: one message that is made once and then edited. */
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, type Message } from "discord.js";
import type { Logger } from "../../src/log.ts";
import { plainBody } from "./body.ts";
import { type MessageBody, messageFaults } from "./limits.ts";
import { loggable } from "./loggable.ts";
import type { Form } from "./render.ts";

/** Draws the message in the form that can be used there. */
export type Draw = (form: Form) => MessageBody;

export interface AnswerPlace {
  /** Shows it, in the message shown before if there is one; resolves to the message's id. Throws what Discord refuses. */
  show(draw: Draw): Promise<string>;
  /** Tells why there is no answer, to the asker alone where that is possible. `text` is our own or made safe. */
  refuse(text: string): Promise<void>;
  /** Whether pictures may come along. */
  readonly files: boolean;
}

/** Discord's codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const CODES = {
  invalidBody: [50035],
  tokenDead: [10015, 50027, 10062],
  alreadyAnswered: [40060],
  forbidden: [50001, 50013],
  /** The message or its channel was deleted; the library may know it first. */
  gone: [10003, 10008, DiscordjsErrorCodes.ChannelNotCached],
} as const;

export function isRefusal(error: unknown, kind: keyof typeof CODES): boolean {
  const refused = error instanceof DiscordAPIError || error instanceof DiscordjsError;
  return refused && (CODES[kind] as readonly (string | number)[]).includes(error.code);
}

const SIMPLER: Readonly<Record<Form, Form | null>> = { components: "embeds", embeds: "text", text: null };

/** Sends or edits; `anew`: what was shown cannot be edited into this and must give way to a new message. */
type Send = (body: MessageBody, anew: boolean) => Promise<Message>;

/** Forms a message, simpler where Discord does not take the better one; remembers which it took. */
export function createForms(first: Form, log: Logger) {
  let form = first;
  let shown: Form | null = null;
  return async (draw: Draw, send: Send): Promise<Message> => {
    for (;;) {
      const body = draw(form);
      const faults = messageFaults(body);
      if (faults.length > 0) log.error({ faults, form }, "a message breaks Discord's limits");
      const simpler: Form | null = SIMPLER[form];
      // Once a message has components V2, it cannot go back to content and embeds.
      const anew = shown === "components" && form !== "components";
      try {
        if (faults.length === 0 || simpler === null) {
          const message = await send(faults.length === 0 ? body : plainBody("…"), anew);
          shown = form;
          return message;
        }
      } catch (error) {
        if (simpler === null || !isRefusal(error, "invalidBody")) throw error;
        log.warn({ form, err: loggable(error) }, "Discord did not take this form of message");
      }
      form = simpler;
    }
  };
}
