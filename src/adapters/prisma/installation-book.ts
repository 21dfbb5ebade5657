/** Who let a platform's bot in, kept through Prisma; secrets are sealed before they get here and opened after. */
import type { PrismaClient, Installation as Row } from "../../generated/prisma/client.ts";
import type { InstallationBook, Sealer } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";
import { storable } from "./storable.ts";

export function createInstallationBook(
  client: PrismaClient,
  platform: Row["platform"],
  sealer: Sealer,
): InstallationBook {
  const key = (id: string) => ({ platform_id: { platform, id: storable(id) } });
  const owner = (id: string) => `${platform}:${id}`;

  /** Adds to an array what is not in it, in one statement: two events of two workspaces may come at once. */
  async function addTenants(id: string, tenants: readonly string[]): Promise<void> {
    await client.$executeRawUnsafe(
      `update "Installation" set "updatedAt" = now(),
         tenants = (select array_agg(distinct tenant) from unnest(tenants || $3::text[]) as tenant)
       where platform = $1::"Platform" and id = $2 and not tenants @> $3::text[]`,
      platform,
      storable(id),
      storable([...tenants]),
    );
  }

  return withPlainErrors<InstallationBook>({
    async put({ id, tenants }, secret) {
      const sealed = sealer.seal(secret, owner(id));
      await client.installation.upsert({
        where: key(id),
        create: { platform, id: storable(id), sealed, tenants: storable([...tenants]) },
        update: { sealed },
      });
      await addTenants(id, tenants);
    },

    async secret(id) {
      const row = await client.installation.findUnique({ where: key(id) });
      return row === null || row.sealed === null ? null : sealer.open(row.sealed, owner(id));
    },

    async secretFor(tenant) {
      const where = { platform, tenants: { has: storable(tenant) }, sealed: { not: null } };
      const row = await client.installation.findFirst({ where });
      return row === null ? null : sealer.open(row.sealed!, owner(row.id));
    },

    addTenant: (id, tenant) => addTenants(id, [tenant]),

    async leave({ id, tenants }) {
      await client.installation.upsert({
        where: key(id),
        create: { platform, id: storable(id), sealed: null, tenants: storable([...tenants]) },
        update: { sealed: null },
      });
      await addTenants(id, tenants);
      const row = await client.installation.findUnique({ where: key(id) });
      return { id, tenants: row?.tenants ?? tenants };
    },

    async left() {
      const rows = await client.installation.findMany({ where: { platform, sealed: null } });
      return rows.map(({ id, tenants }) => ({ id, tenants }));
    },

    async forget(id) {
      await client.installation.deleteMany({ where: { platform, id: storable(id), sealed: null } });
    },

    async reseal() {
      const rows = await client.installation.findMany({ where: { platform, sealed: { not: null } } });
      const old = rows.filter(({ sealed }) => !sealer.isCurrent(sealed!));
      for (const { id, sealed } of old) {
        const renewed = sealer.seal(sealer.open(sealed!, owner(id)), owner(id));
        // Not when it was replaced, or left, in the meantime.
        const where = { platform, id, sealed };
        await client.installation.updateMany({ where, data: { sealed: renewed } });
      }
      return old.length;
    },
  });
}
