/** Questions that an earlier process left unanswered: their people are told. */
import type { Tenant } from "../../src/domain/knowledge.ts";
import type { Post } from "../../src/domain/post.ts";
import type { Bot } from "./bot.ts";
import { readId } from "./ids.ts";
import { textsFor } from "./languages.ts";
import { edit, post as send, textBody } from "./send.ts";
import { type Client, loggable, refusalOf } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** Null for a workspace that took the bot away. */
export type ClientOf = (tenant: Tenant) => Promise<Client | null>;

/** Tells everybody whose question was open before `date`; returns how many. One that cannot be told is logged and closed. */
export async function apologise(
  clientOf: ClientOf,
  bot: Pick<Bot, "options" | "settings">,
  date: Date,
): Promise<number> {
  const { posts, log } = bot.options;
  const lost = await posts.unanswered("slack", date);
  for (const post of lost) {
    try {
      await tell(post, await clientOf(post.tenant), bot);
    } catch (error) {
      log.warn({ err: loggable(error), interactionId: post.interactionId }, "an apology could not be sent");
    }
    await posts.close(post.interactionId, null);
  }
  return lost.length;
}

async function tell(
  post: Post,
  client: Client | null,
  { options, settings }: Pick<Bot, "options" | "settings">,
): Promise<void> {
  if (client === null) throw new Error("the workspace took the bot away");
  const workspace: Pick<Workspace, "client"> = { client };
  const body = textBody(textsFor(settings.of(post.tenant).language).lost);
  if (post.answerMessage !== null) {
    const shown = readId(post.answerMessage);
    try {
      await client.chat.stopStream({ ...shown });
    } catch (error) {
      // It was none, or is over.
      if (refusalOf(error) === null) throw error;
    }
    try {
      await edit(shown, body, workspace, options.log);
      return;
    } catch (error) {
      if (refusalOf(error) === null) throw error;
    }
  }
  const { channel, ts } = readId(post.channel);
  await send({ channel, thread: ts, user: channel }, body, workspace, options.log);
}
