import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { Refusal, TooMany } from "../../support/slack/refusal.ts";
import { answerIn, isAnswer, openScene, patient, picture, type Scene } from "../../support/slack/scene.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

describe("Slack: staying up", () => {
  it("answers once what Slack sends three times, over whichever connection", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const before = host.assistant.questions.length;
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    await Promise.all([slack.announce(question), slack.announce(question)]);
    await answerIn(scene, channel);
    await slack.announce(question);
    // Events are taken in order: once this is answered, the other would have been.
    slack.mention(channel, "And this one?", { files: [await picture()] });
    await answerIn(scene, channel, 2);
    expect(host.assistant.questions.slice(before).map(({ text }) => text)).toEqual([
      "Which money?",
      "And this one?",
    ]);
  });

  it("waits where Slack says that it is too much, and asks again where Slack fails", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/^chat\.(startStream|postMessage)$/, new TooMany(1));
    slack.refuseNext(/^chat\.update$/, new TooMany(1));
    slack.refuseNext(/^assistant/, new TooMany(1));
    slack.mention(channel, "Which money?", { files: [await picture()] });
    await answerIn(scene, channel);
    expect(slack.answersIn(channel)).toHaveLength(1);
  });

  it("edits where Slack streams nothing, shows text alone where it takes no blocks", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.refuseNext(/^chat\.startStream$/, new Refusal("channel_type_not_supported"));
    slack.refuseNext(/^chat\.(postMessage|update)$/, new Refusal("invalid_blocks"), 3);
    const question = slack.mention(channel, "Which money?", { files: [await picture()] });
    await expect
      .poll(() => slack.textsIn(channel, question).join(), patient)
      .toContain("Central African CFA franc");
  });

  it("goes on by edits when a stream has died of age", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    slack.world.patience.stream = 0;
    slack.mention(channel, "Which money?", { files: [await picture()] });
    const answer = await answerIn(scene, channel);
    expect(slack.answersIn(channel)).toHaveLength(1);
    expect(textOf(answer)).toContain("Central African CFA franc");
  });

  it("answers two hundred questions at once: none lost, none doubled", async () => {
    scene = await openScene(host, { queueLimit: 300 });
    const { slack, channel } = scene;
    const channels = [channel, ...Array.from({ length: 9 }, () => slack.addChannel(slack.team.id).id)];
    const before = host.assistant.questions.length;
    for (let number = 0; number < 200; number++) {
      const author = slack.addPerson(slack.team.id);
      slack.mention(channels[number % 10]!, `Question ${number}?`, { author });
    }
    const answers = () => channels.flatMap((id) => slack.answersIn(id));
    await expect.poll(() => answers().filter(isAnswer).length, { timeout: 240_000, interval: 250 }).toBe(200);
    expect(answers()).toHaveLength(200);
    const asked = host.assistant.questions.slice(before).map(({ text }) => text);
    expect(new Set(asked).size).toBe(200);
    expect(asked).toHaveLength(200);
    expect(new Set(answers().map(({ threadTs }) => threadTs)).size).toBe(200);
  }, 300_000);
});
