import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import type { Upload } from "../../support/slack/files.ts";
import { answerIn, openScene, picture, type Scene, saidIn } from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

/** Mentions the bot with a file, as it is or otherwise. */
async function askWith(file: Partial<Upload> = {}) {
  return scene.slack.mention(scene.channel, "Which money?", { files: [{ ...(await picture()), ...file }] });
}
const asked = () => host.assistant.questions.length;

describe("Slack: pictures", () => {
  it("from another workspace come as stubs, and are fetched all the same", async () => {
    scene = await openScene(host);
    await askWith({ stub: true });
    await answerIn(scene, scene.channel);
    expect(scene.slack.calls).toContain("files.info");
    expect(host.assistant.questions.at(-1)!.image).toBeDefined();
  });

  it("that Slack hides behind its login page are not taken for pictures: who asked is told what to grant", async () => {
    scene = await openScene(host);
    const before = asked();
    scene.slack.team.scopes.delete("files:read");
    const question = await askWith();
    const told = await saidIn(scene, "files:read");
    expect(told).toMatchObject({ onlyFor: question.user, threadTs: question.ts });
    expect(asked()).toBe(before);
  });

  it("behind a login page that comes only now and then are refused in the same words", async () => {
    scene = await openScene(host);
    scene.slack.files.turnAside("login", 1);
    await askWith();
    await saidIn(scene, "files:read");
  });

  it("are not fetched from other hosts, and the token is not sent there", async () => {
    scene = await openScene(host);
    scene.slack.files.turnAside("elsewhere", 1);
    await askWith();
    await saidIn(scene, "I fetch pictures from Slack alone");
  });

  it("whose transfer breaks off are fetched once more", async () => {
    scene = await openScene(host);
    scene.slack.files.turnAside("break", 1);
    await askWith();
    await answerIn(scene, scene.channel);
    expect(scene.slack.files.served).toHaveLength(2);
  });

  it.each([
    ["were deleted", { state: "deleted" as const }, "no longer kept"],
    ["the workspace's plan no longer shows", { state: "hidden" as const }, "no longer kept"],
    ["are huge", { size: 300 * 2 ** 20 }, "1 MB"],
    [
      "are none, whatever their name says",
      { bytes: Buffer.from("not a picture at all") },
      "is not a picture",
    ],
    ["are web pages, whatever Slack says", { bytes: Buffer.from("<!DOCTYPE html><p>Hello") }, "files:read"],
  ])("that %s are refused in words", async (_, file, words) => {
    scene = await openScene(host);
    const before = asked();
    await askWith(file);
    await saidIn(scene, words);
    expect(asked()).toBe(before);
  });
});
