/** What the app asks a workspace for, and why. The manifest, OAuth, the doctor and docs/slack.md are all made from this. */

/** Of the bot's token, with what each is for; all of them are needed. */
export const SCOPE_REASONS = {
  "app_mentions:read": "to hear when somebody mentions it",
  "assistant:write": "to suggest questions and to show what it is doing, in its own conversations",
  "channels:history": "to see the picture of the message that a thread hangs on, in public channels",
  "chat:write": "to answer",
  commands: "for /ask, /lookup and the shortcuts",
  "files:read": "to see posted pictures",
  "files:write": "to show which parts of a picture mattered",
  "groups:history": "to see that picture in private channels it was invited to",
  "im:history": "to hear what is sent to it directly",
  "mpim:history": "to see that picture in conversations of several it was invited to",
  "reactions:read": "to hear 👍 and 👎",
  "users:read": "to know who may change settings, and in which language to answer",
} as const;

export type BotScope = keyof typeof SCOPE_REASONS;
export const BOT_SCOPES = Object.keys(SCOPE_REASONS) as BotScope[];

/** Of the app-level token, for Socket Mode. */
export const APP_SCOPE = "connections:write";

/**
 * Events with the scope each needs (null: none), and what it is for. `message.channels` and its kind are not among them: they
 * would bring everything that is written in a channel, and who asks on in a thread can mention it.
 */
export const EVENT_REASONS = {
  app_home_opened: { scope: null, reason: "to fill its home, and to suggest questions in its conversations" },
  app_mention: { scope: "app_mentions:read", reason: "somebody mentions it" },
  app_uninstalled: { scope: null, reason: "to erase everything of the workspace" },
  "message.im": { scope: "im:history", reason: "somebody asks it directly" },
  reaction_added: { scope: "reactions:read", reason: "👍 and 👎 on an answer" },
  reaction_removed: { scope: "reactions:read", reason: "taken back again" },
  team_access_revoked: {
    scope: null,
    reason: "an organisation takes it away from a workspace: to erase everything of that",
  },
  tokens_revoked: { scope: null, reason: "to erase everything of the workspace" },
} as const satisfies Record<string, { scope: BotScope | null; reason: string }>;

export const BOT_EVENTS = Object.keys(EVENT_REASONS) as (keyof typeof EVENT_REASONS)[];
