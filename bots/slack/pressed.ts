/** A button that was pressed: by whom, where, and for which interaction. Pure. */
import type { BlockAction } from "@slack/bolt";
import type { FormTarget } from "./form-target.ts";

export interface Pressed {
  readonly user: string;
  readonly userTeam: string | null;
  /** Opens a form within three seconds. */
  readonly trigger: string;
  /** What the button carries. */
  readonly value: string;
  /** Where its message stands; null on the home tab. */
  readonly channel: string | null;
  readonly thread: string | null;
}

export function pressedOf(body: BlockAction): Pressed {
  const { user, trigger_id, actions, channel, message, container } = body;
  const [action] = actions;
  const { channel_id, thread_ts, message_ts } = container as {
    channel_id?: string;
    thread_ts?: string;
    message_ts?: string;
  };
  const shown = message as { readonly ts: string; readonly thread_ts?: string } | undefined;
  return {
    user: user.id,
    userTeam: user.team_id ?? null,
    trigger: trigger_id,
    value: (action as { readonly value?: string } | undefined)?.value ?? "",
    channel: channel?.id ?? channel_id ?? null,
    // A message for one person alone comes without its body.
    thread: shown?.thread_ts ?? thread_ts ?? shown?.ts ?? message_ts ?? null,
  };
}

/** Where to say something to who pressed. */
export function whisperPlace({ user, channel, thread }: Pressed) {
  return { channel: channel ?? user, user, thread };
}

export function targetOf({ channel, thread }: Pressed, interaction: string): FormTarget {
  return { channel, thread, files: [], interaction };
}
