import { webApi } from "@slack/bolt";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messageId, placeId } from "../../../bots/slack/ids.ts";
import { createPostBook } from "../../../src/adapters/prisma/post-book.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { openScene, patient, type Scene } from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

describe("Slack: questions that an earlier process left unanswered", () => {
  const LOST = "I was restarted while your question was being worked on";

  /** Somebody asked; nobody answered. */
  async function lost(answerMessage: (thread: string) => Promise<string | null>) {
    scene = await openScene(host, { start: false });
    const { slack, channel } = scene;
    const question = slack.say(channel, "Which money?");
    const posts = createPostBook(host.database.client);
    const interactionId = crypto.randomUUID();
    await posts.open({
      interactionId,
      platform: "slack",
      eventId: crypto.randomUUID(),
      tenant: `slack:${slack.team.id}`,
      channel: placeId(channel, question.ts),
      questionMessage: messageId(channel, question.ts),
      answerMessage: await answerMessage(question.ts),
      conversation: null,
    });
    await scene.bot.start();
    await expect
      .poll(async () => (await posts.unanswered("slack", new Date(Date.now() + 60_000))).length, patient)
      .toBe(0);
    return question;
  }

  it("are told of in their thread where nothing stood yet", async () => {
    const question = await lost(async () => null);
    expect(scene.slack.textsIn(scene.channel, question)).toEqual([expect.stringContaining(LOST)]);
  });

  it("are told of in the message that was being written, which is streamed no more", async () => {
    const question = await lost(async (thread) => {
      const { slack, channel } = scene;
      const client = new webApi.WebClient(slack.team.token, { slackApiUrl: slack.endpoints.api });
      const recipient = { recipient_user_id: slack.alice.id, recipient_team_id: slack.team.id };
      const text = { markdown_text: "People in" };
      const { ts } = await client.chat.startStream({ channel, thread_ts: thread, ...text, ...recipient });
      return messageId(channel, ts!);
    });
    const [message, ...more] = scene.slack.answersIn(scene.channel, question);
    expect(message).toMatchObject({ text: expect.stringContaining(LOST), stream: { open: false } });
    expect(more).toEqual([]);
  });

  it("are told of anew where the message is gone, and closed where nobody can be told", async () => {
    const question = await lost(async () => messageId(scene.channel, "1.000001"));
    expect(scene.slack.textsIn(scene.channel, question)).toEqual([expect.stringContaining(LOST)]);
    await scene.close();
    await lost(async (thread) => {
      scene.slack.remove(scene.slack.world.messages.get(`${scene.channel} ${thread}`)!);
      return null;
    });
    expect(scene.slack.answersIn(scene.channel)).toEqual([]);
  });
});
