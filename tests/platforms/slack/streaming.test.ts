import { webApi } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHastyClients } from "../../../bots/slack/hasty.ts";
import { createLiveMessage, LONGEST_STREAM, steadyMarkdown } from "../../../bots/slack/live-message.ts";
import { textBody } from "../../../bots/slack/send.ts";
import { createLog } from "../../../src/log.ts";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { Refusal, TooMany } from "../../support/slack/refusal.ts";

let slack: LoopbackSlack;
let time: number;
let begun: string[];
beforeEach(async () => {
  slack = await openLoopbackSlack();
  slack.rates.speed = 1_000;
  time = 0;
  begun = [];
});
afterEach(async () => {
  await slack.close();
  expect(slack.faults).toEqual([]);
});

function open({ mayStream = true } = {}) {
  const { alice, team, channel } = slack;
  const log = createLog("silent");
  const client = new webApi.WebClient(team.token, { slackApiUrl: slack.endpoints.api });
  const workspace = { teamId: team.id, tenant: "t", client, token: team.token, botUserId: team.botUser };
  const thread = slack.say(channel, "?").ts;
  const place = { channel, thread, user: alice.id, userTeam: team.id, direct: false, hidden: false };
  const live = createLiveMessage(place, workspace, {
    log,
    hasty: createHastyClients(log)(workspace),
    mayStream: () => mayStream,
    begun: async ({ ts }) => void begun.push(ts),
    now: () => time,
  });
  return {
    ...live,
    write: (text: string) => live.write({ markdown: steadyMarkdown(text), text }),
    shown: () => slack.answersIn(channel),
    calls: (name: string) => slack.calls.filter((call) => call === name).length,
  };
}

describe("Slack: an answer that is being written", () => {
  it("is streamed into one message, word by word, and ends as the answer", async () => {
    const live = open();
    for (const text of ["People in", "People in Chad *pay", "People in Chad *pay with <!here>"])
      await live.write(text);
    const [message] = live.shown();
    expect(message).toMatchObject({ stream: { open: true } });
    expect(textOf(message!)).toBe("People in Chad *pay with ");
    expect(begun).toEqual([message!.ts]);
    await live.show(textBody("The end."));
    expect(live.shown()).toHaveLength(1);
    expect(live.shown()[0]).toMatchObject({ text: "The end.", stream: { open: false } });
  });

  it("goes on in the same message by edits before its stream dies of age", async () => {
    const live = open();
    await live.write("One two");
    time = LONGEST_STREAM + 1;
    await live.write("One two three");
    const [message] = live.shown();
    expect(message).toMatchObject({ text: "One two three", stream: { open: false } });
    await live.write("One two three four");
    await live.show(textBody("The end."));
    expect(live.shown().map(textOf)).toEqual(["The end."]);
    expect(live.calls("chat.startStream")).toBe(1);
  });

  it("goes on by edits when its stream has died all the same", async () => {
    slack.world.patience.stream = -1;
    const live = open();
    await live.write("One two");
    await live.write("One two three");
    expect(live.shown().map(({ text }) => text)).toEqual(["One two three"]);
    await live.show(textBody("The end."));
    expect(live.shown().map(textOf)).toEqual(["The end."]);
  });

  it("goes on by edits when what was streamed turns out to read differently", async () => {
    const live = open();
    await live.write("One two");
    await live.write("Another one");
    expect(live.shown().map(({ text }) => text)).toEqual(["Another one"]);
  });

  it("is edited where nothing is streamed", async () => {
    slack.refuseNext(/startStream/, new Refusal("channel_type_not_supported"));
    const live = open();
    await live.write("One two");
    await live.write("One two three");
    expect(live.shown().map(({ text }) => text)).toEqual(["One two three"]);
    expect(live.calls("chat.startStream")).toBe(1);
  });

  it.each([
    ["Slack is asked too often", () => slack.refuseNext(/startStream/, new TooMany(60)), true],
    ["many others are streamed", () => {}, false],
  ])("comes in one piece when %s", async (_, prepare, mayStream) => {
    prepare();
    const live = open({ mayStream });
    await live.write("One two");
    await live.write("One two three");
    expect(live.shown()).toEqual([]);
    await live.show(textBody("The end."));
    expect(live.shown().map(textOf)).toEqual(["The end."]);
    expect(live.calls("chat.startStream")).toBe(mayStream ? 1 : 0);
  });

  it("leaves pieces out when Slack is asked too often, and shows them with the next", async () => {
    const live = open();
    await live.write("One two");
    slack.refuseNext(/appendStream/, new TooMany(60));
    await live.write("One two three");
    await live.write("One two three four");
    expect(live.shown().map(textOf)).toEqual(["One two three "]);
  });

  it("is written anew when somebody deleted it", async () => {
    const live = open();
    await live.write("One two");
    slack.remove(live.shown()[0]!);
    await live.show(textBody("The end."));
    expect(live.shown().map(textOf)).toEqual(["The end."]);
    expect(begun).toHaveLength(2);
  });

  it("is taken away for a refusal", async () => {
    const live = open();
    await live.write("One two");
    await live.remove();
    expect(live.shown()).toEqual([]);
  });
});
