import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { examineSlackSettings } from "../../../src/start/slack.ts";
import { openEmulatedSlack } from "../../support/emulated-slack/workspaces.ts";
import { runScript } from "../../support/program.ts";
import { type LoopbackSlack, openLoopbackSlack } from "../../support/slack/loopback.ts";
import { APP_TOKEN } from "../../support/slack/world.ts";

let slack: LoopbackSlack;
beforeEach(async () => {
  slack = await openLoopbackSlack({ scopes: BOT_SCOPES });
});
afterEach(() => slack.close());

async function examine(set: Record<string, string> = {}, endpoints = slack.endpoints) {
  const config = readConfig({ SLACK_BOT_TOKEN: slack.team.token, SLACK_APP_TOKEN: APP_TOKEN, ...set });
  return examineSlackSettings(config.slack!, createLog("silent"), endpoints);
}

describe("rora doctor on Slack", () => {
  it("is content when both tokens are right and everything is granted", async () => {
    const findings = await examine();
    expect(findings.map(({ state }) => state)).toEqual(["ok", "ok", "ok"]);
    expect(findings[0]!.detail).toContain(slack.team.name);
    expect(findings[1]!.detail).toBe(`all ${BOT_SCOPES.length} scopes are granted`);
  });

  it("leaves no connection behind", async () => {
    await examine();
    expect(slack.socketMode.connections()).toBe(0);
  });

  it("names the scopes that are not granted, and what to do", async () => {
    for (const scope of ["files:read", "users:read"]) slack.team.scopes.delete(scope);
    const found = (await examine()).filter(({ state }) => state === "broken");
    expect(found).toEqual([
      {
        state: "broken",
        detail: "scopes are missing: files:read, users:read",
        advice: expect.stringContaining("slack manifest"),
      },
    ]);
  });

  it("looks at one token also when the other is wrong, and shows neither", async () => {
    const wrongBot = await examine({ SLACK_BOT_TOKEN: "xoxb-hunter2" });
    expect(wrongBot.map(({ state }) => state)).toEqual(["broken", "ok"]);
    const wrongApp = await examine({ SLACK_APP_TOKEN: "xapp-hunter2" });
    expect(wrongApp.map(({ state }) => state)).toEqual(["ok", "ok", "broken"]);
    expect(wrongApp[2]!.detail).toBe("Slack refuses SLACK_APP_TOKEN: invalid_auth");
    expect(JSON.stringify([wrongBot, wrongApp])).not.toContain("hunter2");
  });

  it("says of a token whose app was removed that it is refused", async () => {
    slack.team.installed = false;
    expect((await examine())[0]).toMatchObject({
      state: "broken",
      detail: "Slack refuses SLACK_BOT_TOKEN: account_inactive",
    });
  });

  it("says of a Slack that is not there that it cannot be reached", async () => {
    const nowhere = { ...slack.endpoints, api: "http://127.0.0.1:9/api/" };
    const findings = await examine({}, nowhere);
    expect(findings.map(({ state }) => state)).toEqual(["broken", "broken"]);
    expect(findings[0]!.advice).toContain("Check the connection to slack.com");
  });

  it("knows what it cannot try: a signing secret, and a client's id and secret", async () => {
    const oauth = {
      SLACK_BOT_TOKEN: "",
      SLACK_APP_TOKEN: "",
      SLACK_SIGNING_SECRET: "hunter2hunter2hunter2",
      SLACK_CLIENT_ID: "1.2",
      SLACK_CLIENT_SECRET: "hunter2hunter2hunter2",
      SLACK_STATE_SECRET: "hunter2hunter2hunter2",
      SLACK_ENCRYPTION_KEY: "ab".repeat(32),
    };
    const findings = await examine(oauth);
    expect(findings.map(({ state }) => state)).toEqual(["note", "note"]);
    expect(JSON.stringify(findings)).not.toContain("hunter2");
    expect(slack.calls).toEqual([]);
  });

  it("understands another maker's Slack, which does not say what is granted", async () => {
    const emulated = await openEmulatedSlack(["Acme"], { tokens: ["xoxb-of-acme"] });
    const endpoints = { ...slack.endpoints, ...emulated.endpoints };
    const set = {
      SLACK_BOT_TOKEN: "xoxb-of-acme",
      SLACK_APP_TOKEN: "",
      SLACK_SIGNING_SECRET: "s".repeat(32),
    };
    const [joined, scopes] = await examine(set, endpoints);
    expect(joined).toMatchObject({ state: "ok", detail: expect.stringContaining("in Acme") });
    expect(scopes).toMatchObject({ state: "note", detail: expect.stringContaining("did not say") });
    await emulated.close();
  });
});

describe("rora slack manifest", () => {
  const run = async (...words: string[]) => {
    const { ended, output } = runScript("rora", {}, "slack", "manifest", ...words);
    return { code: await ended, ...output };
  };

  it("prints the file of the project, and for an address that of HTTP", async () => {
    const file = await readFile(new URL("../../../slack/manifest.yaml", import.meta.url), "utf8");
    expect(await run()).toMatchObject({ code: 0, stdout: file });
    const { stdout } = await run("--url", "https://rora.example.org");
    expect(stdout).toContain("request_url: https://rora.example.org/slack/events");
    expect(stdout).toContain("socket_mode_enabled: false");
  });

  it("refuses an address that Slack would refuse, in plain words", async () => {
    const { code, stdout, stderr } = await run("--url", "http://rora.example.org");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.trim()).toBe("--url must be like https://rora.example.org: Slack speaks https alone.");
  });
});
