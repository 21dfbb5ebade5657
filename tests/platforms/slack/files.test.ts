import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { answerIn, openScene, patient, picture, type Scene } from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
  scene = await openScene(host);
});
afterAll(async () => {
  await scene.close();
  await host.close();
});

let answers = 0;
const answered = () => answerIn(scene, scene.channel, ++answers);
type Upload = Awaited<ReturnType<typeof picture>> & { stub?: boolean; size?: number; type?: string };
const post = async (more: Partial<Upload> & { state?: "deleted" | "hidden" } = {}) =>
  scene.slack.mention(scene.channel, "Which money?", { files: [{ ...(await picture()), ...more }] });
/** Told to who asked alone, in the thread. */
async function told(words: string, question: Awaited<ReturnType<typeof post>>) {
  const { slack, channel } = scene;
  const [message] = await vi.waitFor(() => {
    expect(slack.textsIn(channel, question).join()).toContain(words);
    return slack.answersIn(channel, question);
  }, patient);
  expect(message!.onlyFor).toBe(slack.alice.id);
}
const html = new TextEncoder().encode("<!DOCTYPE html><html><body>Sign in</body></html>");

describe("Slack: posted files", () => {
  it("are fetched with the bot's token", async () => {
    await post();
    await answered();
    expect(scene.slack.files.served).toHaveLength(1);
  });

  it("from another workspace are asked for first", async () => {
    await post({ stub: true });
    await answered();
    expect(scene.slack.calls).toContain("files.info");
  });

  it("are fetched again when the connection breaks", async () => {
    scene.slack.files.turnAside("break", 1);
    await post();
    await answered();
  });

  it("that Slack hides behind its login page are refused, with what an administrator must do", async () => {
    scene.slack.files.turnAside("login", 1);
    await told("An administrator must install me again and grant files:read", await post());
  });

  it("that are elsewhere are not followed, and no token goes there", async () => {
    scene.slack.files.turnAside("elsewhere", 1);
    await told("I fetch pictures from Slack alone", await post());
  });

  it.each([
    ["that are web pages under a picture's name are refused", { bytes: html }, "grant files:read"],
    ["that are not what they are called are refused", { bytes: new Uint8Array(64) }, "is not a picture"],
    ["that were deleted are refused", { state: "deleted" as const }, "no longer kept by Slack"],
    ["that the workspace's plan hides are refused", { state: "hidden" as const }, "no longer kept by Slack"],
    ["that are said to be too large are refused", { size: 2 ** 21 }, "larger than 1 MB"],
    ["that are no pictures are refused", { name: "a <b> note.txt" }, "a &lt;b&gt; note."],
  ])("%s", async (_, upload, words) => {
    await told(words, await post(upload));
  });

  it("that turn out to be too large are refused", async () => {
    const bytes = new Uint8Array(2 ** 21).fill(1);
    await told("larger than 1 MB", await post({ bytes, size: 1000 }));
  });

  it("that a stub stands for, without the scope to ask for them, are refused", async () => {
    scene.slack.team.scopes.delete("files:read");
    await told("grant files:read", await post({ stub: true }));
    scene.slack.team.scopes.add("files:read");
  });
});
