import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppOptions } from "../../../bots/web/app.ts";
import { createWebServer } from "../../../bots/web/main.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { createSealer } from "../../../src/sealing.ts";
import { openEmbedded, type TestDatabase } from "../../support/databases.ts";
import { mention, serveApp } from "../../support/emulated-slack/served-app.ts";
import { sendSigned } from "../../support/emulated-slack/signed-request.ts";
import { type EmulatedSlack, openEmulatedSlack } from "../../support/emulated-slack/workspaces.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";

const SECRET = "what-slack-signs-with";
const TOKEN = "xoxb-of-acme";

let database: TestDatabase;
let slack: EmulatedSlack;
let served: Awaited<ReturnType<typeof serveApp>>;
let web: ReturnType<typeof createWebServer>;
/** The web chat's own address: Slack's requests come to the same port. */
let url: string;

beforeAll(async () => {
  database = await openEmbedded();
  slack = await openEmulatedSlack(["Acme"], { tokens: [TOKEN] });
  served = await serveApp({
    transport: { kind: "http", signingSecret: SECRET },
    workspaces: { kind: "one", botToken: TOKEN },
    installations: createInstallationBook(database.client, "slack", createSealer("ab".repeat(32), [], "KEY")),
    endpoints: slack.endpoints,
  });
  const options: AppOptions = { ...scriptedWeb().options, port: 0, guest: served.slack.handle };
  web = createWebServer(options);
  url = (await web.start()).url;
});
afterAll(async () => {
  await web.stop();
  await served.close();
  await slack.close();
  await database.remove();
});

const team = () => slack.workspaces[0]!.id;
/** Sends a request that must be refused, then a good one that must arrive: nothing of the first may have come before it. */
async function expectRefused(send: () => Promise<Response>, status = 401): Promise<void> {
  const before = served.heard.length;
  const response = await send();
  expect(response.status).toBe(status);
  expect(await response.text()).toBe("");
  expect((await sendSigned(url, mention(team(), "good"), { secret: SECRET })).status).toBe(200);
  await expect.poll(() => served.heard.length).toBe(before + 1);
  expect(served.heard.at(-1)!.text).toBe("good");
}

describe("Slack's requests on the web chat's port", () => {
  it("reach the bot when they are signed", async () => {
    await sendSigned(url, mention(team(), "signed"), { secret: SECRET });
    await expect.poll(() => served.heard.at(-1)?.text).toBe("signed");
    expect(await served.heard.at(-1)!.client.auth.test()).toMatchObject({ team: "Acme" });
  });

  it("answer Slack's first try of the address", async () => {
    const body = { type: "url_verification", challenge: "3eZbrw1a" };
    const response = await sendSigned(url, body, { secret: SECRET });
    expect(await response.json()).toEqual({ challenge: "3eZbrw1a" });
  });

  it("are refused with another secret's signature", () =>
    expectRefused(() => sendSigned(url, mention(team(), "bad"), { secret: "somebody-else's" })));

  it("are refused when something was changed on the way", () =>
    expectRefused(() => {
      const tampered = JSON.stringify(mention(team(), "tampered"));
      return sendSigned(url, mention(team(), "bad"), { secret: SECRET, tampered });
    }));

  it.each([301, 86_400, 10 * 365 * 86_400])("are refused %d seconds after they were signed", (age) =>
    expectRefused(() => sendSigned(url, mention(team(), "stale"), { secret: SECRET, age })),
  );

  it("are still taken shortly before five minutes are over", async () => {
    const response = await sendSigned(url, mention(team(), "late"), { secret: SECRET, age: 240 });
    expect(response.status).toBe(200);
  });

  it("are refused without a signature", () =>
    expectRefused(() =>
      fetch(`${url}/slack/events`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(mention(team(), "unsigned")),
      }),
    ));

  it("are refused when Slack's unsigned check carries an event along", async () => {
    const payload = encodeURIComponent(JSON.stringify(mention(team(), "smuggled")));
    const before = served.heard.length;
    const response = await fetch(`${url}/slack/events`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `ssl_check=1&payload=${payload}`,
    });
    expect(response.status).toBe(200);
    await sendSigned(url, mention(team(), "good"), { secret: SECRET });
    await expect.poll(() => served.heard.length).toBe(before + 1);
    expect(served.heard.at(-1)!.text).toBe("good");
  });

  it.each(["/slack/install", "/slack/oauth_redirect", "/slack/", "/slack/events/more"])(
    "find nothing at %s where one workspace has its token in the environment",
    async (path) => {
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    },
  );

  it("leave the web chat as it is", async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toContain("default-src");
    expect((await fetch(`${url}/slack`)).status).toBe(404);
  });
});
