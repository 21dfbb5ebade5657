/** The app's manifest, from which Slack makes the app: https://docs.slack.dev/reference/app-manifest. Pure. */
import type { webApi } from "@slack/bolt";
import { stringify } from "yaml";
import { EVENTS_PATH, REDIRECT_PATH } from "../connection/paths.ts";
import { AGENT_DESCRIPTION, COMMANDS, DESCRIPTION, SHORTCUTS, SUGGESTED_PROMPTS } from "./features.ts";
import { BOT_EVENTS, BOT_SCOPES, EVENT_REASONS, SCOPE_REASONS } from "./scopes.ts";

type Manifest = webApi.AppsManifestCreateArguments["manifest"];
type LibraryScopes = NonNullable<NonNullable<NonNullable<Manifest["oauth_config"]>["scopes"]>["bot"]>;

export interface ManifestChoices {
  /** The web chat's public address: for HTTP, and for installing by OAuth. */
  readonly url: string | null;
  /** Whether events come over connections that are opened from here. */
  readonly socketMode: boolean;
}

/** Without an address, only Socket Mode works. */
export function manifest({ url, socketMode }: ManifestChoices): Manifest {
  const at = (path: string) => (url === null ? null : new URL(path, url).href);
  const events = socketMode ? null : at(EVENTS_PATH);
  const redirect = at(REDIRECT_PATH);
  return {
    display_information: { name: "Rora", description: DESCRIPTION, background_color: "#1f2a44" },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description: AGENT_DESCRIPTION,
        suggested_prompts: SUGGESTED_PROMPTS.map((prompt) => ({ ...prompt })),
      },
      bot_user: { display_name: "Rora", always_online: true },
      shortcuts: Object.values(SHORTCUTS).map((shortcut) => ({ ...shortcut })),
      slash_commands: Object.values(COMMANDS).map((command) => ({
        ...command,
        should_escape: false,
        ...(events === null ? {} : { url: events }),
      })),
    },
    oauth_config: {
      ...(redirect === null ? {} : { redirect_urls: [redirect] }),
      // The library's list of scopes is older than `assistant:write`.
      scopes: { bot: [...BOT_SCOPES] as string[] as LibraryScopes },
    },
    settings: {
      event_subscriptions: {
        ...(events === null ? {} : { request_url: events }),
        bot_events: [...BOT_EVENTS],
      },
      interactivity: { is_enabled: true, ...(events === null ? {} : { request_url: events }) },
      org_deploy_enabled: true,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

/** As YAML, with the reason behind every scope and event. */
export function manifestText(choices: ManifestChoices): string {
  const reasons: Record<string, string> = {
    ...SCOPE_REASONS,
    ...Object.fromEntries(Object.entries(EVENT_REASONS).map(([event, { reason }]) => [event, reason])),
  };
  const lines = stringify(manifest(choices), { lineWidth: 0 }).trimEnd().split("\n");
  const explained = lines.map((line) => {
    const reason = reasons[/^ +- "?([\w.:]+)"?$/.exec(line)?.[1] ?? ""];
    return reason === undefined ? line : `${line} # ${reason}`;
  });
  const head = [
    "# What Slack makes the app from: api.slack.com/apps, Create New App, From a manifest.",
    "# Written by `npm run --silent rora -- slack manifest`, from bots/slack/manifest/; a test fails when the two differ.",
  ];
  return `${[...head, ...explained].join("\n")}\n`;
}
