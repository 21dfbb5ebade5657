/** What the bot must be allowed to do on a server, and why (docs/discord.md shows the same table). Pure. */
import { OAuth2Scopes, PermissionFlagsBits, PermissionsBitField } from "discord.js";

const NEEDED = {
  ViewChannel: "to see the messages that mention it",
  SendMessages: "to answer",
  SendMessagesInThreads: "to answer in threads",
  CreatePublicThreads: "to open a thread for an answer, where the server wants that",
  EmbedLinks: "to show answers with cards",
  AttachFiles: "to show pictures of entities and what mattered in a picture",
  ReadMessageHistory: "to reply, and to see the message that somebody replies to",
} as const satisfies Partial<Record<keyof typeof PermissionFlagsBits, string>>;

/** The names, as the developer portal has them. */
export const NEEDED_PERMISSIONS = Object.keys(NEEDED) as (keyof typeof NEEDED)[];

/** Where a person installs it, with exactly these permissions. */
export function inviteLink(applicationId: string): string {
  const permissions = new PermissionsBitField(NEEDED_PERMISSIONS).bitfield;
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(" "),
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** Names of the needed permissions that are missing among those granted. */
export function missingPermissions(granted: bigint): string[] {
  const given = new PermissionsBitField(granted);
  return NEEDED_PERMISSIONS.filter((name) => !given.has(PermissionFlagsBits[name]));
}
