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
  let latest: StoredMessage | undefined;
  const messageOf = ({ handle }: Shown) => handle as StoredMessage;

  /** An answer has its buttons; a refusal has a reference to quote, and is for who asked alone. */
  const final = (question: StoredMessage) =>
    slack
      .answersIn(channel)
      .find(
        (message) =>
          message.threadTs === (question.threadTs ?? question.ts) &&
          message.ts > question.ts &&
          (isAnswer(message) || textOf(message).includes("Reference")),
      );
  return {
    ledger: host.ledger,
    questions: host.assistant.questions,
    async ask(text, follows) {
      const above = follows === undefined ? undefined : messageOf(follows);
      const asked = slack.mention(
        channel,
        text,
        above === undefined ? { files: [await picture()] } : { thread: above },
      );
      latest = asked;
      await expect.poll(() => final(asked) !== undefined, patient).toBe(true);
      const message = final(asked)!;
      const interactionId = isAnswer(message) ? interactionIdOf(message) : null;
      return { text: textOf(message), interactionId, handle: message };
    },
    events: {
      repeat: () => void slack.announce(latest!),
      echo: () => {
        const { botUser: id } = slack.team;
        const author = { id, team: slack.team.id, name: "rora", admin: false, locale: "en-US", bot: true };
        slack.mention(channel, "Do I hear myself?", { author });
      },
    },
    async rate(answer, verdict) {
      await slack.press(messageOf(answer), "feedback", verdict === "helpful" ? "positive" : "negative");
    },
    // Also in what was streamed before.
    liveMarks: (answer) =>
      [answer.text, ...messageOf(answer).history].join("\n").match(/<[@!#]|https?:\/\/evil/g) ?? [],
    async close() {
      await scene.close();
      await host.close();
    },
  };
}
