/** Names of places, messages and workspaces as Rora keeps them. Slack's own are unique only together. Pure. */
import type { Tenant } from "../../src/domain/knowledge.ts";

/** A workspace has its own settings and knowledge, also where a whole organisation installed Rora. */
export function tenantOf(teamId: string): Tenant {
  return `slack:${teamId}`;
}

/** A thread in a channel or direct conversation: what an answer stands in. */
export function placeId(channel: string, thread: string): string {
  return `${channel}/${thread}`;
}

/** A message's time is unique in its channel alone. */
export function messageId(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}

/** The channel and the time of what `placeId` and `messageId` name. */
export function readId(id: string): { readonly channel: string; readonly ts: string } {
  const [channel = "", ts = ""] = id.split("/");
  return { channel, ts };
}

/** Whether a conversation is the one of a person with the bot alone. https://docs.slack.dev/apis/web-api/using-the-conversations-api */
export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}
