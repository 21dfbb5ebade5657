import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import {
  answerIn,
  interactionIdOf,
  modalOf,
  openScene,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/slack/scene.ts";
import { scriptedSlackBot } from "../../support/slack/scripted.ts";
import type { StoredMessage } from "../../support/slack/world.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
afterEach(() => scene?.close());

async function answer(): Promise<StoredMessage> {
  scene.slack.mention(scene.channel, "Which money?", { files: [await picture()] });
  return answerIn(scene, scene.channel);
}
const current = (message: StoredMessage) => ({ interactionId: interactionIdOf(message), supersededAt: null });
/** Current verdicts on an answer: what, and whether by who asked. */
async function verdicts(message: StoredMessage) {
  const rows = await host.database.client.feedback.findMany({
    where: current(message),
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ verdict, isAsker }) => `${verdict} by ${isAsker ? "the asker" : "somebody else"}`);
}
const become = (message: StoredMessage, wanted: string[]) =>
  expect.poll(() => verdicts(message), patient).toEqual(wanted);

describe("Slack: feedback", () => {
  it("by thumbs is kept, the asker's apart from others', and taken back with them", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    slack.react("added", message, "+1");
    await become(message, ["helpful by the asker"]);
    slack.react("added", message, "-1::skin-tone-3", slack.bob);
    await become(message, ["helpful by the asker", "unhelpful by somebody else"]);
    slack.react("removed", message, "+1");
    await become(message, ["unhelpful by somebody else"]);
    slack.react("added", message, "thumbsdown");
    await become(message, ["unhelpful by somebody else", "unhelpful by the asker"]);
    expect(
      await host.database.client.feedback.count({ where: { interactionId: interactionIdOf(message) } }),
    ).toBe(3);
  });

  it("by other reactions, and to other messages, is none", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const message = await answer();
    slack.react("added", message, "tada");
    slack.react("added", slack.say(channel, "something else"), "+1");
    slack.react("added", message, "+1", slack.bob);
    await become(message, ["helpful by somebody else"]);
  });

  it("by a reaction whose event comes late once more stays as it was changed since", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    const event = {
      type: "reaction_added",
      user: slack.bob.id,
      reaction: "+1",
      item: { type: "message", channel: message.channel, ts: message.ts },
    };
    await slack.events.emit(slack.team, "reaction_added", event, "Ev0ONCE");
    await become(message, ["helpful by somebody else"]);
    slack.react("removed", message, "+1", slack.bob);
    await become(message, []);
    await slack.events.emit(slack.team, "reaction_added", event, "Ev0ONCE");
    slack.react("added", message, "-1");
    await become(message, ["unhelpful by the asker"]);
  });

  it("arrives for answers that an earlier process gave", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    await scene.bot.stop();
    const second = scriptedSlackBot(host, slack);
    await second.start();
    slack.react("added", message, "+1");
    await become(message, ["helpful by the asker"]);
    await slack.press(message, "wrong");
    await slack.submit(await modalOf(scene), { reason: "bad-source" });
    await saidIn(scene, "The correction is kept");
    await second.stop();
  });

  it("by button is thanked for privately", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    await slack.press(message, "feedback", "positive", slack.bob);
    expect(await saidIn(scene, "Thank you")).toMatchObject({
      onlyFor: slack.bob.id,
      threadTs: message.threadTs,
    });
    await become(message, ["helpful by somebody else"]);
  });

  it("by button opens a form that takes a reason, the right entity and the right answer", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    await slack.press(message, "feedback", "negative");
    await become(message, ["unhelpful by the asker"]);
    const form = await modalOf(scene);
    expect(JSON.stringify(form.view)).toContain("Romania");
    await slack.submit(form, {
      reason: "wrong-entity",
      entity: "country:ro",
      answer: "The Romanian leu.",
    });
    await saidIn(scene, "The correction is kept");
    expect(await host.database.client.feedback.findFirst({ where: current(message) })).toMatchObject({
      verdict: "unhelpful",
      reason: "wrong-entity",
      correctEntityId: "country:ro",
      correctedAnswer: "The Romanian leu.",
      isAsker: true,
    });
    // What was said at length is not taken back by taking back a thumb.
    slack.react("removed", message, "-1");
    await slack.press(message, "feedback", "positive", slack.bob);
    await become(message, ["unhelpful by the asker", "helpful by somebody else"]);
  });

  it("with a better picture asks again about that one", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const message = await answer();
    await slack.press(message, "wrong", undefined, slack.bob);
    await slack.submit(await modalOf(scene, slack.bob), { pictures: [await picture("better.png")] });
    const again = await answerIn(scene, channel, 2);
    expect(again.threadTs).toBe(message.threadTs);
    expect(host.assistant.questions.at(-1)).toMatchObject({ text: "Which money?" });
  });

  it("in another workspace is none: its people cannot see the answer", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    const other = slack.addTeam({ name: "other" });
    const stranger = await openScene(host);
    const theirs = stranger.slack.mention(stranger.channel, "Mine?", { files: [await picture()] });
    const shown = await answerIn(stranger, stranger.channel);
    expect(shown.threadTs).toBe(theirs.ts);
    // A button that names an answer of the first workspace, pressed in the second.
    const forged = { ...shown, blocks: message.blocks };
    await stranger.slack.press(forged, "why");
    await saidIn(stranger, "That answer is no longer kept.");
    await stranger.slack.press(forged, "feedback", "positive");
    await expect
      .poll(
        () => stranger.slack.textsIn(stranger.channel).filter((text) => text.includes("no longer kept")),
        patient,
      )
      .toHaveLength(2);
    expect(await verdicts(message)).toEqual([]);
    expect(other.team.id).not.toBe(slack.team.id);
    await stranger.close();
  });
});

describe("Slack: a long answer", () => {
  it("is read in full by who wants to, in as many private messages as it takes", async () => {
    scene = await openScene(host);
    const { slack, channel } = scene;
    const message = await answer();
    const text = "A sentence that says <!here> something. ".repeat(200);
    await host.database.client.interaction.update({
      where: { id: interactionIdOf(message) },
      data: { text },
    });
    const elements = [{ type: "button", action_id: "more", value: interactionIdOf(message) }];
    await slack.press({ ...message, blocks: [{ type: "actions", elements }] }, "more", undefined, slack.bob);
    const pages = () => slack.answersIn(channel).filter(({ onlyFor }) => onlyFor === slack.bob.id);
    const words = () => pages().map(textOf).join(" ").replace(/\s+/g, " ");
    await expect.poll(() => words().match(/A sentence that says/g)?.length, patient).toBe(200);
    expect(pages().length).toBeGreaterThan(2);
  });
});

describe("Slack: why", () => {
  it("is shown to who asks for it alone: the picture with what mattered, the evidence, what was rejected", async () => {
    scene = await openScene(host);
    const { slack } = scene;
    const message = await answer();
    await slack.press(message, "why", undefined, slack.bob);
    const why = await saidIn(scene, "What this answer rests on");
    expect(why).toMatchObject({ onlyFor: slack.bob.id, threadTs: message.threadTs });
    expect(textOf(why)).toMatch(/Cited · Chad.*relevance 86 %, likeness 91 %/);
    const overlay = why.blocks.find(({ type }) => type === "image");
    expect(slack.world.files.get(overlay!.slack_file!.id!)!.bytes.subarray(1, 4)).toEqual(
      new TextEncoder().encode("PNG"),
    );
    // Nobody else sees it: it was shared nowhere.
    expect(slack.world.files.get(overlay!.slack_file!.id!)!.channels.size).toBe(0);
  });
});
