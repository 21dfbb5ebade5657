import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { openLoopbackSlack } from "../../support/slack/loopback.ts";
import { Refusal } from "../../support/slack/refusal.ts";
import { answerIn, openScene, patient, picture, type Scene } from "../../support/slack/scene.ts";
import { scriptedSlackBot } from "../../support/slack/scripted.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

const connected = (count: number) =>
  expect.poll(() => scene.slack.socketMode.connections(), patient).toBe(count);
async function ask(): Promise<void> {
  scene.slack.mention(scene.channel, "Which money?", { files: [await picture()] });
}

describe("Slack: staying connected", () => {
  it("by two connections, of which it tells", async () => {
    scene = await openScene(host);
    await connected(2);
    expect(scene.bot.state()).toMatchObject({ ok: true, detail: "2 of 2 connections", connected: 2 });
  });

  it.each(["refresh_requested", "warning"] as const)(
    "through %s, and misses nothing meanwhile",
    async (reason) => {
      scene = await openScene(host);
      await connected(2);
      scene.slack.socketMode.announceDisconnect(reason);
      await ask();
      await answerIn(scene, scene.channel);
      await expect.poll(() => scene.slack.socketMode.counts.opened, patient).toBe(4);
      await connected(2);
      expect(scene.bot.state()).toMatchObject({ ok: true, renewed: 2 });
    },
  );

  it("again after its connections were cut and Slack took none for a while", async () => {
    scene = await openScene(host);
    await connected(2);
    scene.slack.socketMode.refuse(3);
    scene.slack.socketMode.cut();
    await ask();
    await answerIn(scene, scene.channel);
    await connected(2);
    expect(scene.bot.state().ok).toBe(true);
  });

  it("again after what Slack's library takes for the end: no address, for good as it seems", async () => {
    scene = await openScene(host);
    await connected(2);
    // Its own reconnecting would give up here and never come back.
    scene.slack.refuseNext(/^apps/, new Refusal("invalid_auth"), 4);
    scene.slack.socketMode.cut();
    await expect.poll(() => scene.bot.state().detail, patient).toContain("SLACK_APP_TOKEN");
    expect(scene.bot.state().ok).toBe(false);
    await ask();
    await answerIn(scene, scene.channel);
    await connected(2);
    expect(scene.bot.state()).toMatchObject({ ok: true, detail: "2 of 2 connections" });
  });

  it("is not begun with a token that Slack refuses: the start says what to correct, without the token", async () => {
    const slack = await openLoopbackSlack();
    slack.refuseNext(/^apps/, new Refusal("invalid_auth"), 100);
    const bot = scriptedSlackBot(host, slack);
    const fault = await bot.start().catch((error: Error) => error);
    expect(String(fault)).toContain("SLACK_APP_TOKEN");
    expect(String(fault)).not.toContain("xapp-");
    await bot.stop();
    await slack.close();
  });
});
