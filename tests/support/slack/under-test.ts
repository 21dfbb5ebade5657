import { expect } from "vitest";
import type { BotUnderTest, Shown } from "../../contract/bot.contract.ts";
import { openScriptedHost } from "../discord/scripted.ts";
import { textOf } from "./message-parts.ts";
import { interactionIdOf, isAnswer, openScene, patient, picture } from "./scene.ts";
import type { StoredMessage } from "./world.ts";

/** The Slack bot in a channel of the loopback Slack. */
export async function openSlackUnderTest(): Promise<BotUnderTest> {
  const host = await openScriptedHost();
  const scene = await openScene(host);
  const { slack, channel } = scene;
  const told = new Set<StoredMessage>();
  let latest: StoredMessage | undefined;
  const messageOf = ({ handle }: Shown) => handle as StoredMessage;

  /** An answer has its buttons; a refusal has a reference to quote. */
  const final = () =>
    slack
      .answersIn(channel)
      .find((shown) => !told.has(shown) && (isAnswer(shown) || textOf(shown).includes("Reference")));
  return {
    ledger: host.ledger,
    questions: host.assistant.questions,
    async ask(text, follows) {
      latest =
        follows === undefined
          ? slack.mention(channel, text, { files: [await picture()] })
          : slack.mention(channel, text, { thread: messageOf(follows) });
      await expect.poll(() => final() !== undefined, patient).toBe(true);
      const message = final()!;
      told.add(message);
      return {
        text: textOf(message),
        interactionId: isAnswer(message) ? interactionIdOf(message) : null,
        handle: message,
      };
    },
    events: {
      repeat: () => void slack.announce(latest!),
      echo: () => {
        const { botUser, id } = slack.team;
        const itself = { ...slack.alice, id: botUser, team: id, bot: true };
        slack.mention(channel, "Do I hear myself?", { author: itself });
      },
    },
    async rate(answer, verdict) {
      await slack.press(messageOf(answer), "feedback", verdict === "helpful" ? "positive" : "negative");
    },
    // Also in what was streamed before.
    liveMarks: (answer) =>
      JSON.stringify([messageOf(answer).text, messageOf(answer).blocks, messageOf(answer).history]).match(
        /<[!@#](?!date)|@(?:everyone|channel|here)|<?https:..evil|evil\.example/g,
      ) ?? [],
    async close() {
      await scene.close();
      await host.close();
    },
  };
}
