import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { answerIn, interactionIdOf, openScene, picture, type Scene } from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

describe("Slack: asking", () => {
  it("by a mention with a picture is answered in the thread below it, with sources, cards and buttons", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(answer.threadTs).toBe(question.ts);
    expect(textOf(answer)).toContain("Central African CFA franc");
    const kept = await host.ledger.interaction(interactionIdOf(answer), `slack:${slack.team.id}`);
    expect(kept).toMatchObject({ question: "Which money?", reply: { kind: "answer" } });
    expect(slack.shown[0]).toMatchObject({ kind: "status", channel, threadTs: question.ts });
    expect(slack.calls).toContain("chat.startStream");
    await slack.press(answer, "feedback", "positive");
    const where = { interactionId: interactionIdOf(answer) };
    await expect
      .poll(() => host.database.client.feedback.findMany({ where }))
      .toMatchObject([{ verdict: "helpful", isAsker: true }]);
  });
});
