/** A message of our own that a question without one is answered below. */
import type { Bot } from "./bot.ts";
import { isDirect } from "./ids.ts";
import type { Place } from "./place.ts";
import { safeWithin } from "./safe-text.ts";
import { post, textBody } from "./send.ts";
import type { Texts } from "./texts/english.ts";
import type { Workspace } from "./workspace.ts";

const SHOWN_QUESTION = 500;

/** In the channel; without one, or where the bot was not invited, in the direct conversation with who asks. */
export async function beginThread(
  question: string,
  { channel, user, userTeam }: Pick<Place, "user" | "userTeam"> & { readonly channel: string | null },
  workspace: Workspace,
  { options }: Bot,
  texts: Texts,
): Promise<Place> {
  const body = textBody(texts.asked(safeWithin(question, SHOWN_QUESTION) || "…"));
  const begun = await post({ channel: channel ?? user, user, thread: null }, body, workspace, options.log);
  return {
    channel: begun.channel,
    thread: begun.ts,
    user,
    userTeam,
    direct: isDirect(begun.channel),
    hidden: false,
  };
}
