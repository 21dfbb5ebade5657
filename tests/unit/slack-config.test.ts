import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";

const SLACK_BOT_TOKEN = "xoxb-1-hunter2";
const SLACK_APP_TOKEN = "xapp-1-hunter2";
const SLACK_SIGNING_SECRET = "hunter2hunter2hunter2hunter2";
const OAUTH = {
  SLACK_CLIENT_ID: "123.456",
  SLACK_CLIENT_SECRET: "hunter2hunter2hunter2",
  SLACK_STATE_SECRET: "hunter2hunter2hunter2state",
  SLACK_ENCRYPTION_KEY: "ab".repeat(32),
};

/** The lines about variables. */
function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    const { message } = error as Error;
    expect(message).not.toContain("hunter2");
    return message.split("\n").slice(1);
  }
  return [];
}

describe("Slack's variables", () => {
  it("mean nothing while none is set", () => {
    expect(readConfig({}).slack).toBeNull();
  });

  it("mean one workspace over Socket Mode", () => {
    expect(readConfig({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN }).slack).toEqual({
      transport: { kind: "socket", appToken: SLACK_APP_TOKEN },
      workspaces: { kind: "one", botToken: SLACK_BOT_TOKEN },
    });
  });

  it("mean HTTP with a signing secret alone, and Socket Mode where there is an app-level token, too", () => {
    const http = { kind: "http", signingSecret: SLACK_SIGNING_SECRET };
    expect(readConfig({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET }).slack?.transport).toEqual(http);
    const both = { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN };
    expect(readConfig(both).slack?.transport.kind).toBe("socket");
  });

  it.each([{ SLACK_APP_TOKEN }, { SLACK_SIGNING_SECRET }])(
    "mean many workspaces with OAuth's, by %j",
    (transport) => {
      const [one, two] = ["cd".repeat(32), "EF".repeat(32)];
      const set = { ...OAUTH, ...transport, SLACK_ENCRYPTION_KEYS_OLD: `${one}, ${two}` };
      expect(readConfig(set).slack?.workspaces).toEqual({
        kind: "many",
        clientId: "123.456",
        clientSecret: OAUTH.SLACK_CLIENT_SECRET,
        stateSecret: OAUTH.SLACK_STATE_SECRET,
        encryptionKey: OAUTH.SLACK_ENCRYPTION_KEY,
        oldEncryptionKeys: [one, two],
      });
    },
  );

  it("join from the process that is everything alone", () => {
    const set = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, ROLE: "core", CORE_TOKEN: "a-token-of-the-core" };
    expect(readConfig(set).slack).toBeNull();
  });

  it("name the one that a half lacks", () => {
    expect(faultsOf({ SLACK_BOT_TOKEN })).toEqual([
      expect.stringContaining("SLACK_APP_TOKEN: must be set, too"),
    ]);
    for (const half of [{ SLACK_APP_TOKEN }, { SLACK_SIGNING_SECRET }])
      expect(faultsOf(half)).toEqual([expect.stringContaining("SLACK_BOT_TOKEN: must be set, too")]);
  });

  it.each(Object.keys(OAUTH))("name %s when it alone is missing", (missing) => {
    const set: Record<string, string> = { ...OAUTH, SLACK_SIGNING_SECRET, [missing]: "" };
    expect(faultsOf(set)).toEqual([expect.stringContaining(`${missing}: must be set, too`)]);
  });

  it("say how events shall come when nothing says it", () => {
    expect(faultsOf(OAUTH)).toEqual([expect.stringMatching(/SLACK_APP_TOKEN: .*SLACK_SIGNING_SECRET/)]);
  });

  it("do not mix one workspace with many", () => {
    const set = { ...OAUTH, SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN };
    expect(faultsOf(set)).toEqual([
      expect.stringContaining("SLACK_BOT_TOKEN: must be empty beside SLACK_CLIENT_ID"),
    ]);
  });

  it("name all that is missing beside an earlier key", () => {
    const faults = faultsOf({ SLACK_ENCRYPTION_KEYS_OLD: OAUTH.SLACK_ENCRYPTION_KEY });
    expect(faults).toHaveLength(5);
    expect(faults.join()).toContain("SLACK_ENCRYPTION_KEY: must be set, too");
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xapp-hunter2", "xoxb-"],
    ["SLACK_APP_TOKEN", "xoxb-hunter2", "xapp-"],
    ["SLACK_SIGNING_SECRET", "hunter2", "16 characters"],
    ["SLACK_CLIENT_ID", "hunter2", "two numbers"],
    ["SLACK_ENCRYPTION_KEY", "hunter2", "64 hexadecimal digits"],
    ["SLACK_ENCRYPTION_KEYS_OLD", `${"ab".repeat(32)},hunter2`, "separated by commas"],
  ])("refuse a %s that is none, without showing it", (name, value, expected) => {
    const fault = faultsOf({ [name]: value }).find((line) => line.includes(`${name}: `));
    expect(fault).toContain(expected);
  });
});
