import { App, type types, webApi } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { APP_TOKEN } from "../../support/slack/world.ts";

let slack: LoopbackSlack;
let client: webApi.WebClient;
beforeEach(async () => {
  slack = await openLoopbackSlack();
  client = clientOf(slack.team.token);
});
afterEach(() => slack.close());

const patient = { timeout: 20_000, interval: 10 };
const quiet = webApi.LogLevel.ERROR;
const clientOf = (token: string) =>
  new webApi.WebClient(token, {
    slackApiUrl: slack.endpoints.api,
    rejectRateLimitedCalls: true,
    logLevel: quiet,
  });
const note = { name: "note.txt", bytes: Buffer.from("a note") };

/** The word, and what more, that Slack refused a call with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error("it was accepted"),
    (fault: Error & { data?: { error: string; response_metadata?: { messages?: string[] } } }) => fault,
  );
  const { data } = error as { data?: { error: string; response_metadata?: { messages?: string[] } } };
  return data === undefined
    ? error.message
    : [data.error, ...(data.response_metadata?.messages ?? [])].join(" ");
}

/** Runs an app over Socket Mode for as long as a test needs it. */
async function withApp(prepare: (app: App) => void, test: () => Promise<void>): Promise<void> {
  const clientOptions = { slackApiUrl: slack.endpoints.api };
  const app = new App({
    token: slack.team.token,
    appToken: APP_TOKEN,
    socketMode: true,
    clientOptions,
    logLevel: quiet,
  });
  prepare(app);
  await app.start();
  try {
    await test();
  } finally {
    await app.stop();
  }
}

describe("the loopback Slack, in messages,", () => {
  const plain = (text: string) => ({ type: "plain_text" as const, text });
  const button = { type: "button" as const, text: plain("Why?"), action_id: "why" };
  const feedback = {
    type: "feedback_buttons" as const,
    action_id: "feedback",
    positive_button: { text: plain("Good"), value: "good" },
    negative_button: { text: plain("Bad"), value: "bad" },
  };
  const image = {
    type: "image" as const,
    image_url: "https://example.org/flag.png",
    alt_text: "The flag of Chad",
  };
  const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });
  const post = (blocks: readonly object[]) =>
    client.chat.postMessage({ channel: slack.channel, text: "words", blocks: blocks as types.KnownBlock[] });

  it("takes blocks that keep to the rules", async () => {
    await post([
      { type: "header", text: plain("Chad") },
      section("*Chad* is a country."),
      image,
      { type: "context", elements: [{ type: "mrkdwn", text: "quite sure" }] },
      { type: "actions", elements: [button] },
      { type: "context_actions", elements: [feedback] },
    ]);
    expect(slack.textsIn(slack.channel)).toEqual(["Chad\n*Chad* is a country.\nquite sure"]);
    expect(slack.faults).toEqual([]);
  });

  it.each([
    ["a picture without a description", [{ ...image, alt_text: "" }], "alt_text: must be more than 0"],
    [
      "a picture that only this machine has",
      [{ ...image, image_url: "http://127.0.0.1/a.png" }],
      "downloading",
    ],
    [
      "a file that is not there",
      [{ type: "image", alt_text: "flag", slack_file: { id: "F0" } }],
      "slack file",
    ],
    ["fifty-one blocks", Array(51).fill({ type: "divider" }), "no more than 50 items"],
    ["a section that is too long", [section("a".repeat(3001))], "text: must be less than 3001"],
    ["an empty section", [section("")], "text: must be more than 0"],
    ["a heading that is too long", [{ type: "header", text: plain("a".repeat(151)) }], "less than 151"],
    ["a heading with marks", [{ type: "header", text: { type: "mrkdwn", text: "a" } }], "must be plain_text"],
    ["twice the same block id", Array(2).fill({ type: "divider", block_id: "a" }), "block_id is used twice"],
    ["twenty-six buttons", [{ type: "actions", elements: Array(26).fill(button) }], "1 to 25"],
    ["twice the same action", [{ type: "actions", elements: [button, button] }], "action_id: used twice"],
    [
      "a long button",
      [{ type: "actions", elements: [{ ...button, text: plain("a".repeat(76)) }] }],
      "less than 76",
    ],
    ["a button in a context", [{ type: "context", elements: [button] }], "unsupported type: button"],
    ["six context actions", [{ type: "context_actions", elements: Array(6).fill(feedback) }], "1 to 5"],
    [
      "a field for files",
      [{ type: "input", label: plain("a"), element: { type: "file_input", action_id: "a" } }],
      "only in modals",
    ],
    ["more than 13,200 characters in all", Array(5).fill(section("a".repeat(2900))), "msg_blocks_too_long"],
    ["a block that nobody knows", [{ type: "gallery" }], "unsupported type: gallery"],
  ])("refuses %s", async (_, blocks, told) => {
    expect(await refusal(post(blocks))).toContain(told);
  });

  it("notes blocks without a text, and words that would notify everybody", async () => {
    const text = { channel: slack.channel, text: "<!channel> look" };
    await client.chat.postMessage(text);
    await client.chat.postMessage({ channel: slack.channel, blocks: [section("a")] });
    expect(slack.faults).toEqual([
      "chat.postMessage: <!channel> would notify everybody",
      "chat.postMessage: blocks without a text for notifications",
    ]);
  });

  it("refuses other people's messages, unknown threads and closed channels", async () => {
    const { ts } = slack.say(slack.channel, "mine");
    const { channel } = slack;
    expect(await refusal(client.chat.update({ channel, ts, text: "yours" }))).toBe("cant_update_message");
    const thread_ts = "1.000001";
    expect(await refusal(client.chat.postMessage({ channel, thread_ts, text: "a" }))).toBe(
      "thread_not_found",
    );
    const strange = slack.addChannel(slack.team.id, { member: false }).id;
    expect(await refusal(client.chat.postMessage({ channel: strange, text: "a" }))).toBe("not_in_channel");
  });

  it("lets a sixth message at once wait, and the thread be read once a minute", async () => {
    const { channel } = slack;
    const { ts } = slack.say(channel, "a question");
    for (let number = 0; number < 5; number++) await client.chat.postMessage({ channel, text: `${number}` });
    const sixth = await client.chat.postMessage({ channel, text: "5" }).catch((error: Error) => error);
    expect(sixth).toMatchObject({ retryAfter: 1 });
    await client.conversations.replies({ channel, ts });
    const again = await client.conversations.replies({ channel, ts }).catch((error: Error) => error);
    expect(again).toMatchObject({ retryAfter: 60 });
  });

  it("refuses what was not granted, and says what is missing", async () => {
    slack.team.scopes.delete("chat:write");
    const error = await client.chat
      .postMessage({ channel: slack.channel, text: "a" })
      .catch((fault) => fault);
    expect(error.data).toMatchObject({ error: "missing_scope", needed: "chat:write" });
    expect(await refusal(clientOf("xoxb-nobody").auth.test())).toBe("invalid_auth");
    slack.uninstall(slack.team.id);
    expect(await refusal(client.auth.test())).toBe("account_inactive");
  });
});

describe("the loopback Slack, in streams,", () => {
  const start = (more: object = {}) => {
    const question = slack.say(slack.channel, "a question");
    return client.chat.startStream({
      channel: slack.channel,
      thread_ts: question.ts,
      recipient_user_id: slack.alice.id,
      recipient_team_id: slack.team.id,
      ...more,
    });
  };

  it("wants to know for whom, in channels, and in which thread", async () => {
    expect(await refusal(start({ recipient_user_id: undefined }))).toContain("missing_recipient_user_id");
    expect(await refusal(start({ recipient_team_id: undefined }))).toContain("missing_recipient_team_id");
    expect(await refusal(start({ thread_ts: undefined }))).toBe("invalid_thread_ts");
  });

  it("lets nothing be changed while it streams, and nothing be added after it died", async () => {
    slack.world.patience.stream = 50;
    const { ts } = await start();
    const stream = { channel: slack.channel, ts: ts! };
    expect(await refusal(client.chat.update({ ...stream, text: "a" }))).toBe("streaming_state_conflict");
    expect(await refusal(client.chat.appendStream({ ...stream, markdown_text: "a".repeat(12_001) }))).toBe(
      "msg_too_long",
    );
    const append = () => refusal(client.chat.appendStream({ ...stream, markdown_text: "a" }));
    await expect.poll(append, patient).toBe("message_not_in_streaming_state");
    await client.chat.update({ ...stream, text: "done", blocks: [] });
    expect(slack.textsIn(slack.channel)).toEqual(["done"]);
  });
});

describe("the loopback Slack, with files,", () => {
  const fetchFile = (url: string, token = slack.team.token) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const fileOf = (options: object) =>
    slack.say(slack.channel, "", { files: [{ ...note, ...options }] }).files[0]!;

  it("shows the login page to whoever may not read them", async () => {
    const { url } = fileOf({});
    expect(await (await fetchFile(url)).text()).toBe("a note");
    expect(await (await fetchFile(url, "xoxb-nobody")).text()).toContain("Login | Slack");
    slack.team.scopes.delete("files:read");
    expect((await fetchFile(url)).headers.get("content-type")).toContain("text/html");
  });

  it("notes a token that went to another host", async () => {
    const { url } = fileOf({});
    slack.files.turnAside("elsewhere", 1);
    const first = await fetch(url, {
      redirect: "manual",
      headers: { authorization: `Bearer ${slack.team.token}` },
    });
    await fetchFile(first.headers.get("location")!);
    expect(slack.faults).toEqual(["the token was sent to another host"]);
  });

  it("gives a stub of what comes from elsewhere, and the rest when it is asked", async () => {
    const { id } = fileOf({ stub: true });
    expect((await client.files.info({ file: id })).file).toMatchObject({
      name: "note.txt",
      mimetype: "text/plain",
    });
    const gone = fileOf({ state: "deleted" });
    expect(await refusal(client.files.info({ file: gone.id }))).toBe("file_deleted");
  });

  it("takes an upload in three steps, into a thread, and shows it in blocks", async () => {
    const { ts } = slack.say(slack.channel, "a question");
    const file = Buffer.from("not really a picture");
    await client.filesUploadV2({
      channel_id: slack.channel,
      thread_ts: ts,
      file,
      filename: "map.png",
      initial_comment: "Why:",
    });
    const [message] = slack.answersIn(slack.channel);
    expect(message).toMatchObject({
      text: "Why:",
      threadTs: ts,
      files: [{ name: "map.png", mimetype: "image/png" }],
    });
    const { id } = message!.files[0]!;
    const blocks = [{ type: "image" as const, alt_text: "Where it looked", slack_file: { id } }];
    await client.chat.postMessage({ channel: slack.channel, text: "a", blocks });
    slack.world.patience.processing = 60_000;
    expect(await refusal(client.chat.postMessage({ channel: slack.channel, text: "a", blocks }))).toContain(
      "invalid slack file",
    );
  });
});

describe("the loopback Slack, in modals,", () => {
  const modal = {
    type: "modal" as const,
    callback_id: "ask",
    title: { type: "plain_text" as const, text: "Ask about an image" },
    submit: { type: "plain_text" as const, text: "Ask" },
    blocks: [
      {
        type: "input" as const,
        block_id: "image",
        label: { type: "plain_text" as const, text: "Image" },
        element: { type: "file_input" as const, action_id: "file", max_files: 3 },
      },
    ],
  };

  it("opens one for what somebody just did, once", async () => {
    const refusals: string[] = [];
    await withApp(
      (app) => {
        app.command("/ask", async ({ ack, body }) => {
          await ack();
          const open = (trigger_id: string, view: types.ModalView) => client.views.open({ trigger_id, view });
          await open(body.trigger_id, modal);
          refusals.push(await refusal(open(body.trigger_id, modal)), await refusal(open("1.2", modal)));
        });
        app.command("/long", async ({ ack, body }) => {
          await ack();
          const title = { type: "plain_text" as const, text: "a".repeat(25) };
          refusals.push(
            await refusal(client.views.open({ trigger_id: body.trigger_id, view: { ...modal, title } })),
          );
        });
        app.view("ask", async ({ ack, view }) => {
          const files = view.state.values.image!.file!.files!;
          if (files.length === 0) await ack({ response_action: "errors", errors: { image: "Which image?" } });
          else await ack();
          await client.chat.postMessage({
            channel: slack.channel,
            text: files.map(({ name }) => name).join() || "none",
          });
        });
      },
      async () => {
        await slack.command(slack.channel, "/ask");
        await expect.poll(() => refusals.length, patient).toBe(2);
        await slack.command(slack.channel, "/long");
        await expect.poll(() => refusals.length, patient).toBe(3);
        expect(refusals[0]).toBe("exchanged_trigger_id");
        expect(refusals[1]).toBe("invalid_trigger_id");
        expect(refusals[2]).toContain("title: must be less than 25");
        const [opened] = slack.modalsOf();
        expect(await slack.submit(opened!, {})).toMatchObject({ errors: { image: "Which image?" } });
        expect(slack.modalsOf()).toHaveLength(1);
        await slack.submit(opened!, { file: [note] });
        expect(slack.modalsOf()).toEqual([]);
        await expect.poll(() => slack.textsIn(slack.channel), patient).toEqual(["none", "note.txt"]);
        expect(slack.faults).toEqual([]);
      },
    );
  });
});
