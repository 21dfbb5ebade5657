/** The workspace that something happens in, and with what the bot acts there. */
import type { Context } from "@slack/bolt";
import type { Tenant } from "../../src/domain/knowledge.ts";
import { tenantOf } from "./ids.ts";
import type { Client } from "./slack.ts";

export interface Workspace {
  readonly teamId: string;
  readonly tenant: Tenant;
  readonly client: Client;
  /** The bot's token there. A secret: never logged. */
  readonly token: string;
  /** The bot as a member there. */
  readonly botUserId: string;
}

/** Of what a listener is given. */
export function workspaceOf({
  client,
  context,
}: {
  readonly client: Client;
  readonly context: Context;
}): Workspace {
  const { teamId, botToken, botUserId } = context;
  if (teamId === undefined) throw new Error("an event of no workspace");
  return {
    teamId,
    tenant: tenantOf(teamId),
    client,
    token: botToken ?? client.token ?? "",
    botUserId: botUserId ?? "",
  };
}
