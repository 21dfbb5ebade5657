import type { Tenant } from "../../src/domain/knowledge.ts";

/** A workspace is a tenant, also one of an organisation that installed the app everywhere. */
export function slackTenant(teamId: string): Tenant {
  return `slack:${teamId}`;
}
