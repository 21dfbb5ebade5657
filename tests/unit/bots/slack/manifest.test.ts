import { readdir, readFile } from "node:fs/promises";
import { webApi } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { COMMANDS, SHORTCUTS } from "../../../../bots/slack/manifest/features.ts";
import { manifest, manifestText } from "../../../../bots/slack/manifest/manifest.ts";
import {
  BOT_EVENTS,
  BOT_SCOPES,
  type BotScope,
  EVENT_REASONS,
  SCOPE_REASONS,
} from "../../../../bots/slack/manifest/scopes.ts";

const inProject = (path: string) => new URL(`../../../../${path}`, import.meta.url);
const bot = inProject("bots/slack/");
const names = (await readdir(bot, { recursive: true })).filter((name) => name.endsWith(".ts"));
const code = (await Promise.all(names.map((name) => readFile(new URL(name, bot), "utf8")))).join("\n");
const guide = await readFile(inProject("docs/slack.md"), "utf8");

const here = { url: null, socketMode: true };
const url = "https://rora.example.org";

/** Methods of the Web API with the scopes they need: https://docs.slack.dev/reference/methods */
const METHOD_SCOPES: Record<string, readonly BotScope[]> = {
  "apps.connections.open": [],
  "assistant.threads.setStatus": ["assistant:write"],
  "assistant.threads.setSuggestedPrompts": ["assistant:write"],
  "auth.test": [],
  "chat.appendStream": ["chat:write"],
  "chat.delete": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.startStream": ["chat:write"],
  "chat.stopStream": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "files.info": ["files:read"],
  "files.uploadV2": ["files:write"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

/** Every call in the bot's code that a client of Slack's library has, whatever the client is called there. */
function calledMethods(): string[] {
  const client = new webApi.WebClient();
  const isMethod = (names: readonly string[]) =>
    names.length > 1 && typeof names.reduce<unknown>(partOf, client) === "function";
  const chains = [...code.matchAll(/\w+(?:\s*\.\s*\w+)+(?=\s*\()/g)].map(([chain]) => chain.split(/[\s.]+/));
  const methods = chains.flatMap((names) => names.map((_, from) => names.slice(from)).filter(isMethod));
  return [...new Set(methods.map((names) => names.join(".")))].sort();
}

function partOf(whole: unknown, name: string): unknown {
  return typeof whole === "object" && whole !== null && Object.hasOwn(whole, name)
    ? (whole as Record<string, unknown>)[name]
    : undefined;
}

describe("slack/manifest.yaml", () => {
  it("is what the code says; `npm run --silent rora -- slack manifest > slack/manifest.yaml` writes it", async () => {
    expect(await readFile(inProject("slack/manifest.yaml"), "utf8")).toBe(manifestText(here));
  });

  it.each([here, { url, socketMode: false }, { url, socketMode: true }])(
    "reads as it was meant: %j",
    (choices) => {
      expect(parse(manifestText(choices))).toEqual(manifest(choices));
    },
  );

  it("names an address wherever HTTP needs one, and nowhere for Socket Mode alone", () => {
    const http = manifest({ url, socketMode: false });
    const events = `${url}/slack/events`;
    expect(http.settings?.event_subscriptions?.request_url).toBe(events);
    expect(http.settings?.interactivity?.request_url).toBe(events);
    expect(http.features?.slash_commands?.map((command) => command.url)).toEqual([events, events]);
    expect(http.oauth_config?.redirect_urls).toEqual([`${url}/slack/oauth_redirect`]);
    expect(http.settings?.socket_mode_enabled).toBe(false);
    expect(manifestText(here)).not.toContain("http");
    const both = manifest({ url, socketMode: true });
    expect(both.oauth_config?.redirect_urls).toEqual(http.oauth_config?.redirect_urls);
    expect(both.settings?.event_subscriptions?.request_url).toBeUndefined();
  });

  it("keeps Slack's limits", () => {
    const { display_information: shown, features = {} } = manifest(here);
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description!.length).toBeLessThanOrEqual(140);
    expect(features.agent_view!.agent_description!.length).toBeLessThanOrEqual(300);
    expect(features.agent_view!.suggested_prompts!.length).toBeLessThanOrEqual(4);
    for (const { name, description } of features.shortcuts!) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    for (const { command } of features.slash_commands!) expect(command).toMatch(/^\/[a-z]{1,31}$/);
  });
});

describe("the manifest asks for", () => {
  it("every event that is listened to, and for no other", () => {
    const listened = [...code.matchAll(/\bapp\.event\(\s*"([\w.]+)"/g)].map(([, event]) => event!);
    const events = BOT_EVENTS.map((event) => event.replace(/^message\..*/, "message"));
    expect([...new Set(listened)].sort()).toEqual([...new Set(events)].sort());
  });

  it("every scope that a called method needs; a method that is not known here must be looked up", () => {
    const called = calledMethods();
    expect(called.length).toBeGreaterThan(10);
    expect(called.filter((method) => !(method in METHOD_SCOPES))).toEqual([]);
    const needed = called.flatMap((method) => METHOD_SCOPES[method]!);
    expect(needed.filter((scope) => !BOT_SCOPES.includes(scope))).toEqual([]);
  });

  it("no scope that nothing needs", () => {
    const byMethods = calledMethods().flatMap((method) => METHOD_SCOPES[method] ?? []);
    const byEvents = Object.values(EVENT_REASONS).map(({ scope }) => scope);
    const byFeatures: BotScope[] = ["commands"];
    const needed = new Set<BotScope | null>([...byMethods, ...byEvents, ...byFeatures]);
    expect(BOT_SCOPES.filter((scope) => !needed.has(scope))).toEqual([]);
  });

  it("every scope that an event needs", () => {
    const scopes = Object.values(EVENT_REASONS).flatMap(({ scope }) => scope ?? []);
    expect(scopes.filter((scope) => !BOT_SCOPES.includes(scope))).toEqual([]);
  });

  it("every command and shortcut that is listened to, and for no other", () => {
    const commands = [...code.matchAll(/\bapp\.command\(\s*COMMANDS\.(\w+)\.command/g)].map(
      ([, key]) => key!,
    );
    expect(commands.sort()).toEqual(Object.keys(COMMANDS).sort());
    const shortcuts = [...code.matchAll(/callback_id: SHORTCUTS\.(\w+)\.callback_id/g)].map(
      ([, key]) => key!,
    );
    expect(shortcuts.sort()).toEqual(Object.keys(SHORTCUTS).sort());
  });
});

describe("docs/slack.md", () => {
  const cells = (line: string) => line.split("|").map((cell) => cell.trim());
  const rows = new Map(
    guide
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => [cells(line)[1]!.replaceAll("`", ""), cells(line)[2]!]),
  );

  it.each(Object.entries(SCOPE_REASONS))("says what %s is for", (scope, reason) => {
    expect(rows.get(scope)).toBe(reason);
  });

  it.each(Object.entries(EVENT_REASONS))("says what %s is for", (event, { reason }) => {
    expect(rows.get(event)).toBe(reason);
  });
});
