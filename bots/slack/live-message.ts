/**
 * One message that fills in as it is written: streamed where Slack allows that, else edited. A stream dies after about five
 * minutes, however active; before that it is ended, and the same message goes on by edits.
 */
import type { Logger } from "../../src/log.ts";
import { LIMITS, type MessageBody } from "./limits.ts";
import type { Place } from "./place.ts";
import { safeMarkdown } from "./safe-text.ts";
import { edit, post, type Sent, textBody } from "./send.ts";
import { type Client, isTooMuch, loggable, refusalOf } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** Milliseconds for which a message is streamed; streams were seen to die after 306 s. */
export const LONGEST_STREAM = 4 * 60_000;

export interface LiveMessage {
  /** Shows the text so far, `markdown` as a stream takes it or `text` as an edit does. */
  write(written: { readonly markdown: string; readonly text: string }): Promise<void>;
  /** Shows something else in its place, as a message that is edited from now on. Resolves to where it is. */
  show(body: MessageBody): Promise<Sent>;
  /** Takes it away. */
  remove(): Promise<void>;
}

export interface LiveMessageOptions {
  readonly log: Logger;
  /** For what may be left out when Slack is busy. */
  readonly hasty: Client;
  /** Whether a stream may be begun; asked when the first text comes. */
  readonly mayStream: () => boolean;
  /** Told of the message as soon as it is there. */
  readonly begun: (message: Sent) => Promise<void>;
  /** In milliseconds. */
  readonly now: () => number;
  readonly longestStream?: number;
}

/** Slack's words for a message that is not there any more, or cannot be changed. */
const GONE = [
  "message_not_found",
  "cant_update_message",
  "cant_delete_message",
  "edit_window_closed",
  "streaming_state_conflict",
];

type State =
  | { readonly kind: "none" }
  /** Nothing is shown before the answer. */
  | { readonly kind: "silent" }
  | { readonly kind: "streaming"; readonly message: Sent; readonly since: number; readonly sent: string }
  | { readonly kind: "edited"; readonly message: Sent };

export function createLiveMessage(
  place: Place,
  workspace: Workspace,
  options: LiveMessageOptions,
): LiveMessage {
  const { log, hasty, mayStream, begun, now, longestStream = LONGEST_STREAM } = options;
  const { channel, thread } = place;
  let state: State = { kind: "none" };

  /** What became of it: begun, refused for good, or nothing for now. */
  async function startStream(markdown: string): Promise<"begun" | "refused" | "busy"> {
    const recipient = place.direct
      ? {}
      : { recipient_user_id: place.user, recipient_team_id: place.userTeam };
    try {
      const { ts } = await hasty.chat.startStream({
        channel,
        thread_ts: thread,
        markdown_text: markdown,
        ...recipient,
      });
      const message = { channel, ts: ts! };
      state = { kind: "streaming", message, since: now(), sent: markdown };
      await begun(message);
      return "begun";
    } catch (error) {
      // Where it is not known whether a stream began, another one could stand beside it.
      if (refusalOf(error) === null) return "busy";
      log.info({ err: loggable(error) }, "Slack streams nothing here");
      return "refused";
    }
  }

  /** Ends the stream, if there is one that is still alive; the message stays. */
  async function endStream(): Promise<void> {
    if (state.kind !== "streaming") return;
    const { message } = state;
    state = { kind: "edited", message };
    try {
      await workspace.client.chat.stopStream({ ...message });
    } catch (error) {
      // It is over already, or somebody deleted it.
      if (refusalOf(error) === null) throw error;
    }
  }

  /** False where the stream cannot go on. */
  async function append(current: Extract<State, { kind: "streaming" }>, markdown: string): Promise<boolean> {
    const more = markdown.slice(current.sent.length);
    if (!markdown.startsWith(current.sent) || more.length > LIMITS.stream) return false;
    if (now() - current.since > longestStream) return false;
    if (more === "") return true;
    try {
      await hasty.chat.appendStream({ ...current.message, markdown_text: more });
      state = { ...current, sent: markdown };
      return true;
    } catch (error) {
      if (isTooMuch(error)) return true;
      if (refusalOf(error) === null) throw error;
      log.info({ err: loggable(error) }, "a stream is over");
      return false;
    }
  }

  async function show(body: MessageBody): Promise<Sent> {
    await endStream();
    if (state.kind === "edited") {
      try {
        await edit(state.message, body, workspace, log);
        return state.message;
      } catch (error) {
        // Somebody may delete it at any time.
        if (!GONE.includes(refusalOf(error) ?? "")) throw error;
      }
    }
    const message = await post(place, body, workspace, log);
    state = { kind: "edited", message };
    await begun(message);
    return message;
  }

  /** The text so far, by an edit that is left out when Slack is busy. */
  async function update(message: Sent, text: string): Promise<void> {
    try {
      await edit(message, textBody(text), { client: hasty }, log);
    } catch (error) {
      if (!isTooMuch(error)) throw error;
    }
  }

  return {
    show,
    async write({ markdown, text }) {
      if (state.kind === "silent") return;
      if (state.kind === "none") {
        const started = mayStream() ? await startStream(markdown) : "busy";
        // In one piece, then: many edits of many messages would hold each other up.
        if (started === "busy") state = { kind: "silent" };
        if (started === "refused") await show(textBody(text));
        return;
      }
      if (state.kind === "streaming" && (await append(state, markdown))) return;
      await endStream();
      if (state.kind === "edited") await update(state.message, text);
    },
    async remove() {
      await endStream();
      if (state.kind !== "edited") return;
      const { message } = state;
      state = { kind: "none" };
      try {
        await workspace.client.chat.delete({ ...message });
      } catch (error) {
        if (!GONE.includes(refusalOf(error) ?? "")) throw error;
      }
    },
  };
}

/** The longest beginning of an answer that will not read differently once more of it is there: up to the last whole word. */
export function steadyMarkdown(written: string): string {
  const end = written.search(/\s\S*$/u);
  return end <= 0 ? "" : `${safeMarkdown(written.slice(0, end))} `;
}
