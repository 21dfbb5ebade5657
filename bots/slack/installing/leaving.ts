/** A workspace removes the app: everything of it goes, also what is just being answered. */
import type { App } from "@slack/bolt";
import type { Installation } from "../../../src/domain/installation.ts";
import type { Tenant } from "../../../src/domain/knowledge.ts";
import type { Logger } from "../../../src/log.ts";
import type { InstallationBook } from "../../../src/ports.ts";
import { tenantOf } from "../ids.ts";

export const LEAVING_EVENTS: readonly string[] = ["app_uninstalled", "tokens_revoked", "team_access_revoked"];

export interface LeavingOptions {
  readonly book: Pick<InstallationBook, "leave" | "left" | "forget">;
  /** Erases all that is kept of a tenant. */
  readonly eraseTenant: (tenant: Tenant) => Promise<unknown>;
  /** Breaks off what is being done for a tenant and waits until that is over. */
  readonly breakOff: (tenant: Tenant) => Promise<void>;
  readonly log: Logger;
}

/** Listens for leaving, and resolves what an earlier process left undone when `finish` is called. */
export function listenForLeaving(app: App, options: LeavingOptions) {
  const { book, log } = options;

  async function leave(installation: Installation): Promise<void> {
    const left = await book.leave(installation);
    log.info({ installation: left.id, tenants: left.tenants.length }, "Slack: uninstalled, erasing");
    await eraseAll(left);
  }

  async function eraseAll({ id, tenants }: Installation): Promise<void> {
    for (const tenant of tenants) await erase(tenant);
    await book.forget(id);
    log.info({ installation: id }, "Slack: everything of it is erased");
  }

  async function erase(tenant: Tenant): Promise<void> {
    await options.eraseTenant(tenant);
    await options.breakOff(tenant);
    // What had begun by then may have written something in between.
    await options.eraseTenant(tenant);
  }

  app.event("app_uninstalled", async ({ context }) => {
    const installation = leftBy(context);
    if (installation !== null) await leave(installation);
  });
  app.event("tokens_revoked", async ({ event, context }) => {
    // People's own tokens are never asked for; without the bot's nothing works.
    const installation = leftBy(context);
    if (installation !== null && (event.tokens.bot ?? []).length > 0) await leave(installation);
  });
  app.event("team_access_revoked", async ({ event }) => {
    for (const teamId of event.team_ids) await erase(tenantOf(teamId));
  });

  return {
    /** Erases what a killed process did not. */
    async finish(): Promise<void> {
      for (const installation of await book.left()) await eraseAll(installation);
    },
  };
}

interface Source {
  readonly isEnterpriseInstall: boolean;
  readonly enterpriseId?: string | undefined;
  readonly teamId?: string | undefined;
}

function leftBy({ isEnterpriseInstall, enterpriseId, teamId }: Source): Installation | null {
  const id = isEnterpriseInstall ? enterpriseId : teamId;
  if (id === undefined) return null;
  return { id, tenants: teamId === undefined ? [] : [tenantOf(teamId)] };
}
