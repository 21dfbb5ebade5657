/** Questions that an earlier process left unanswered: their people are told, by the bot's own token. */
import type { Client } from "discord.js";
import type { Post } from "../../src/domain/post.ts";
import { payloadOf, plainBody, textBody } from "./body.ts";
import { textsFor } from "./languages.ts";
import { loggable } from "./loggable.ts";
import type { DiscordOptions } from "./options.ts";

/** Tells everybody whose question was open before `date`. One that cannot be told is logged and closed. */
export async function apologise(
  client: Client<true>,
  { posts, log }: DiscordOptions,
  date: Date,
): Promise<number> {
  const lost = await posts.unanswered("discord", date);
  for (const post of lost) {
    await tell(client, post).catch((error: unknown) =>
      log.warn({ err: loggable(error), interactionId: post.interactionId }, "an apology could not be sent"),
    );
    await posts.close(post.interactionId, null);
  }
  return lost.length;
}

async function tell(client: Client<true>, post: Post): Promise<void> {
  const channel = await client.channels.fetch(post.channel);
  if (channel === null || !channel.isSendable()) throw new Error("the channel is gone");
  const texts = textsFor("guild" in channel ? channel.guild.preferredLocale : null);
  if (post.answerMessage !== null) {
    const body = payloadOf(textBody(texts.lost));
    // The message shows progress, with components V2 or as text.
    const shown = await channel.messages.fetch(post.answerMessage).catch(() => null);
    if (shown !== null) {
      await shown.edit(shown.flags.has("IsComponentsV2") ? body : payloadOf(plainBody(texts.lost)));
      return;
    }
  }
  const may = channel.isDMBased() || channel.permissionsFor(client.user)?.has("ReadMessageHistory") === true;
  const reply =
    post.questionMessage === null || !may ? {} : { reply: { messageReference: post.questionMessage } };
  await channel.send({ ...payloadOf(textBody(texts.lost)), ...reply });
}
