import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPeopleBook } from "../../../src/adapters/prisma/people-book.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import { wordsOf } from "../../support/slack/blocks.ts";
import {
  answerIn,
  isAnswer,
  modalOf,
  openScene,
  patient,
  picture,
  type Scene,
  saidIn,
} from "../../support/slack/scene.ts";
import type { Person } from "../../support/slack/world.ts";

let host: ScriptedHost;
let scene: Scene;
beforeAll(async () => {
  host = await openScriptedHost();
  scene = await openScene(host);
  const { slack, channel } = scene;
  slack.mention(channel, "Which money <!here>?", { files: [await picture()] });
  await vi.waitUntil(() => slack.answersIn(channel).filter(isAnswer).length === 1, patient);
  slack.mention(channel, "Is this of bob?", { files: [await picture()], author: slack.bob });
  await vi.waitUntil(() => slack.answersIn(channel).filter(isAnswer).length === 2, patient);
});
afterAll(async () => {
  await scene.close();
  await host.close();
});

const asker = () => host.assistant.questions[0]!.asker;
/** Opens somebody's home, or waits for it to change, until it says so. */
async function home(words: string, person = scene.slack.alice) {
  const read = () => wordsOf(scene.slack.homeOf(person)?.view.blocks ?? []);
  await expect.poll(read, patient).toContain(words);
  return scene.slack.homeOf(person)!;
}
async function opened(person: Person = scene.slack.alice) {
  scene.slack.openHome("home", person);
  return home("Your latest questions", person);
}

describe("Slack: the home tab", () => {
  it("shows one's own questions with their answers, and nobody else's", async () => {
    const shown = wordsOf((await opened()).view.blocks);
    expect(shown).toContain("Which money");
    expect(shown).toContain("Central African CFA franc");
    expect(shown).not.toContain("Is this of bob?");
    expect(shown).not.toContain("<!here>");
  });

  it("opens the form for a question", async () => {
    const { slack } = scene;
    await slack.pressInView(await opened(slack.bob), "home-ask");
    await slack.submit(await modalOf(scene, slack.bob), { question: "What is the capital?" });
    await answerIn(scene, slack.directChannel(slack.bob).id);
  });

  it("shows what is kept, hands it over, and erases it", async () => {
    const { slack } = scene;
    const page = await opened();
    await slack.pressInView(page, "home-show");
    await expect
      .poll(() => wordsOf(slack.modalsOf().at(-1)?.view.blocks ?? []), patient)
      .toContain("I keep 1 question with its answer, 1 picture and 0 verdicts of yours");
    for (const read of slack.modalsOf()) read.open = false;
    await slack.pressInView(page, "home-export");
    const direct = slack.directChannel();
    await saidIn(scene, "This is everything I keep about you", direct.id);
    const files = () => slack.answersIn(direct.id).flatMap((message) => message.files);
    await expect.poll(() => files().length, patient).toBe(1);
    const [exported] = JSON.parse(new TextDecoder().decode(files()[0]!.bytes)) as {
      interactions: object[];
    }[];
    expect(exported!.interactions).toMatchObject([{ question: expect.stringContaining("Which money") }]);
    await slack.pressInView(page, "home-erase");
    await home("Erased: 1 question with everything");
    await home("You have asked nothing yet.");
    expect(await host.ledger.exportPerson(asker())).toMatchObject({ interactions: [], images: [] });
    await opened(slack.bob);
    await home("Is this of bob?", slack.bob);
  });

  it("takes consent to training, and takes it back", async () => {
    const { slack } = scene;
    const people = createPeopleBook(host.database.client);
    expect((await people.kept([asker()]))[0]?.trainingAllowed ?? false).toBe(false);
    await slack.pressInView(await opened(), "home-training");
    await home("You agreed to its being used for training, but the administrators have not");
    expect((await people.kept([asker()]))[0]?.trainingAllowed ?? false).toBe(true);
    await slack.pressInView(slack.homeOf()!, "home-training");
    await home("It is not used for training: you have not agreed to that.");
    expect((await people.kept([asker()]))[0]?.trainingAllowed ?? false).toBe(false);
  });

  it("lets administrators change how it answers, and nobody else", async () => {
    const { slack, channel } = scene;
    expect(wordsOf((await opened(slack.bob)).view.blocks)).not.toContain("How I answer");
    await slack.pressInView(await opened(), "home-settings");
    const form = await modalOf(scene);
    await slack.submit(form, {
      channels: [channel],
      answers: ["yes"],
      limit: "7",
      language: "de-DE",
      training: ["yes"],
    });
    await home("Gespeichert");
    await home(`<#${channel}>`);
    const tenant = `slack:${slack.team.id}`;
    const row = await host.database.client.chatSettings.findUnique({ where: { tenant } });
    expect(row).toMatchObject({
      channels: [channel],
      privateAnswers: true,
      questionsPerHour: 7,
      language: "de-DE",
    });
    expect(await host.database.client.tenantPolicy.findUnique({ where: { tenant } })).toMatchObject({
      trainingAllowed: true,
    });
    // The right is asked about again when the form comes back.
    await slack.pressInView(slack.homeOf()!, "home-settings");
    const second = await modalOf(scene);
    slack.world.people.set(slack.alice.id, { ...slack.alice, admin: false });
    await slack.submit(second, { limit: "9" });
    await home("kann nur die Administration");
    expect(
      (await host.database.client.chatSettings.findUnique({ where: { tenant } }))!.questionsPerHour,
    ).toBe(7);
  });
});
