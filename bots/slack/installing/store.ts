/** Bolt's installation store over the book: by workspace, or by organisation where it is installed in all of one. */
import type { Installation, InstallationQuery, InstallationStore } from "@slack/bolt";
import type { Tenant } from "../../../src/domain/knowledge.ts";
import type { InstallationBook } from "../../../src/ports.ts";
import { tenantOf } from "../ids.ts";

type Book = Pick<InstallationBook, "put" | "secret" | "addTenant">;

/** `fetchInstallation` throws where the app is not installed; Bolt then leaves the event alone. Nothing is remembered here. */
export function createInstallationStore(book: Book): InstallationStore {
  async function find(id: string | undefined): Promise<Installation | null> {
    const secret = id === undefined ? null : await book.secret(id);
    return secret === null ? null : (JSON.parse(secret) as Installation);
  }

  return {
    async storeInstallation(installation) {
      const { isEnterpriseInstall, enterprise, team } = installation;
      const id = isEnterpriseInstall === true ? enterprise?.id : team?.id;
      if (id === undefined) throw new Error("Slack named neither workspace nor organisation");
      const tenants = team === undefined ? [] : [tenantOf(team.id)];
      await book.put({ id, tenants }, JSON.stringify(installation));
    },

    async fetchInstallation({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>) {
      const own = isEnterpriseInstall ? null : await find(teamId);
      if (own !== null) return own;
      const everywhere = await find(enterpriseId);
      if (everywhere?.isEnterpriseInstall !== true) throw new Error("the app is not installed there");
      // No list says which of an organisation's workspaces use it: each is written down when it is heard of.
      if (teamId !== undefined) await book.addTenant(enterpriseId!, tenantOf(teamId));
      return everywhere;
    },
  };
}

/** The bot's token in a workspace; null where it is not installed (any more). */
export async function tokenFor(
  tenant: Tenant,
  book: Pick<InstallationBook, "secretFor">,
): Promise<string | null> {
  const secret = await book.secretFor(tenant);
  return secret === null ? null : ((JSON.parse(secret) as Installation).bot?.token ?? null);
}
