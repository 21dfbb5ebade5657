import { expect } from "vitest";
import type { BotUnderTest, Shown } from "../../contract/bot.contract.ts";
import { interactionIdOf, isAnswer, MENTION, openScene, patient, picture } from "./scene.ts";
import { openScriptedHost } from "./scripted.ts";
import { BOT, type StoredMessage, textOf } from "./world.ts";

/** The Discord bot in a channel of the loopback Discord. */
export async function openDiscordUnderTest(): Promise<BotUnderTest> {
  const host = await openScriptedHost();
  const scene = await openScene(host);
  const { discord, channel } = scene;
  let latest: StoredMessage | undefined;
  const messageOf = ({ handle }: Shown) => handle as StoredMessage;

  /** An answer has its buttons; a refusal has a reference to quote. */
  const final = (question: StoredMessage) =>
    discord
      .answersIn(channel)
      .find(
        (message) =>
          message.message_reference?.message_id === question.id &&
          (isAnswer(message) || textOf(message).includes("Reference")),
      );
  return {
    ledger: host.ledger,
    questions: host.assistant.questions,
    async ask(text, follows) {
      const asked =
        follows === undefined
          ? discord.say(channel, `${MENTION} ${text}`, { files: [await picture()] })
          : discord.say(channel, text, { replyTo: messageOf(follows).id });
      latest = asked;
      await expect.poll(() => final(asked) !== undefined, patient).toBe(true);
      const message = final(asked)!;
      return {
        text: textOf(message),
        interactionId: isAnswer(message) ? interactionIdOf(message) : null,
        handle: message,
      };
    },
    events: {
      repeat: () => discord.announce(latest!),
      echo: () => void discord.say(channel, `${MENTION} Do I hear myself?`, { author: BOT as never }),
    },
    async rate(answer, verdict) {
      discord.react("added", messageOf(answer).id, verdict === "helpful" ? "👍" : "👎");
    },
    // Who may be notified is refused by the loopback for any message that does not name nobody.
    liveMarks: ({ text }) => text.match(/@everyone|(?<!\\)<[@!#]|\]\(https:..evil|https:..evil/g) ?? [],
    async close() {
      await scene.close();
      await host.close();
    },
  };
}
