/** The line that says what the bot is at, shown at once and without a message. */
import type { Logger } from "../../src/log.ts";
import type { Place } from "./place.ts";
import { type Client, loggable } from "./slack.ts";

/** Slack takes it away after two minutes: https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
const RENEWAL = 90_000;

export interface Status {
  /** False where Slack shows none. */
  set(text: string): Promise<boolean>;
  /** `shown`: a message of ours came, which takes the status away by itself. */
  end(options: { readonly shown: boolean }): Promise<void>;
}

/** `loading`: lines that take turns while the status stays. */
export function createStatus(
  { channel, thread }: Pick<Place, "channel" | "thread">,
  client: Client,
  { loading, log }: { readonly loading: readonly string[]; readonly log: Logger },
): Status {
  let current = "";
  let renewal: NodeJS.Timeout | undefined;

  async function send(status: string): Promise<boolean> {
    try {
      const loading_messages = status === "" ? [] : [...new Set([status, ...loading])];
      await client.assistant.threads.setStatus({
        channel_id: channel,
        thread_ts: thread,
        status,
        ...(loading_messages.length === 0 ? {} : { loading_messages }),
      });
      return true;
    } catch (error) {
      log.info({ err: loggable(error) }, "Slack shows no status here");
      return false;
    }
  }
  return {
    async set(text) {
      if (text === current) return true;
      current = text;
      renewal ??= setInterval(() => void send(current), RENEWAL).unref();
      return send(text);
    },
    async end({ shown }) {
      clearInterval(renewal);
      if (!shown && current !== "") await send("");
      current = "";
    },
  };
}
