import { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { APP_TOKEN } from "../../support/slack/world.ts";

let slack: LoopbackSlack;
let app: App;
beforeEach(async () => {
  slack = await openLoopbackSlack();
  app = new App({
    token: slack.team.token,
    appToken: APP_TOKEN,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.endpoints.api },
  });
});
afterEach(async () => {
  await app.stop();
  await slack.close();
});

const patient = { timeout: 20_000, interval: 10 };

describe("the loopback Slack", () => {
  it("brings a mention with a file, and takes an answer that is streamed into its thread", async () => {
    app.event("app_mention", async ({ event, client }) => {
      const [file] = event.files!;
      const response = await fetch(file!.url_private, {
        headers: { authorization: `Bearer ${slack.team.token}` },
      });
      const words = await response.text();
      const { ts } = await client.chat.startStream({
        channel: event.channel,
        thread_ts: event.ts,
        recipient_user_id: event.user!,
        recipient_team_id: event.team!,
      });
      await client.chat.appendStream({ channel: event.channel, ts: ts!, markdown_text: `It holds ${words}` });
      await client.chat.stopStream({ channel: event.channel, ts: ts!, markdown_text: "." });
      await client.chat.update({ channel: event.channel, ts: ts!, text: "done", blocks: [] });
    });
    await app.start();
    const file = { name: "note.txt", bytes: Buffer.from("a note") };
    const question = slack.mention(slack.channel, "What does it say?", { files: [file] });
    await expect.poll(() => slack.textsIn(slack.channel, question), patient).toEqual(["done"]);
    expect(slack.answersIn(slack.channel)[0]!.history).toEqual(["", "It holds a note", "It holds a note."]);
    expect(slack.faults).toEqual([]);
  });
});
