import type { Entity } from "../../domain/knowledge.ts";
import { foldedName } from "../../domain/text.ts";
import type { Entity as EntityRow, PrismaClient } from "../../generated/prisma/client.ts";
import type { KnowledgeStore } from "../../ports.ts";
import { putRecord } from "./knowledge-rows.ts";
import { entitiesNamed, type KnownName, possibleNames } from "./names.ts";
import { createPictureReader } from "./picture-reader.ts";
import { withPlainErrors } from "./plain-errors.ts";
import { storable } from "./storable.ts";
import { eraseKnowledgeOf } from "./tenant.ts";

function toEntity(row: EntityRow): Entity {
  const { id, tenant, title, description, url, aliases } = row;
  return { id, tenant, title, description, url, aliases };
}

/** In the order of `ids`, leaving out those not found. */
function inOrder<Row>(ids: readonly string[], rows: readonly Row[], key: (row: Row) => string): Row[] {
  const byId = new Map(rows.map((row) => [key(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * Lists come in the order of the ids asked for, without those unknown.
 */
export function createKnowledgeStore(client: PrismaClient): KnowledgeStore {
  const picturesOf = createPictureReader(client);
  let cachedVersion: { readonly changedAt: string; readonly version: string } | undefined;

  async function entities(ids: readonly string[]): Promise<Entity[]> {
    const rows = await client.entity.findMany({ where: { id: { in: [...ids] } } });
    return inOrder(ids, rows, (row) => row.id).map(toEntity);
  }

  async function imagesWhere(where: { id: { in: string[] } } | { entityId: { in: string[] }; position: 0 }) {
    const rows = await client.entityImage.findMany({ where, omit: { position: true } });
    const bytes = await picturesOf(rows.map((row) => row.sha256));
    return rows.map((row) => ({ ...row, bytes: bytes.get(row.sha256)! }));
  }

  return withPlainErrors<KnowledgeStore>({
    put(record) {
      cachedVersion = undefined;
      return putRecord(client, record);
    },

    entities,

    async records({ after, limit }) {
      const rows = await client.entity.findMany({
        where: after === null ? {} : { id: { gt: after } },
        orderBy: { id: "asc" },
        take: limit,
        include: {
          images: { orderBy: { position: "asc" }, omit: { position: true } },
          passages: { orderBy: { position: "asc" }, omit: { position: true } },
        },
      });
      const bytes = await picturesOf(rows.flatMap((row) => row.images.map((image) => image.sha256)));
      return rows.map((row) => ({
        entity: toEntity(row),
        images: row.images.map((image) => ({ ...image, bytes: bytes.get(image.sha256)! })),
        passages: row.passages,
      }));
    },

    async images(ids) {
      return inOrder(ids, await imagesWhere({ id: { in: [...ids] } }), (image) => image.id);
    },

    async firstImages(entityIds) {
      const rows = await imagesWhere({ entityId: { in: [...entityIds] }, position: 0 });
      return inOrder(entityIds, rows, (image) => image.entityId);
    },

    async passages(ids) {
      const rows = await client.passage.findMany({
        where: { id: { in: [...ids] } },
        omit: { position: true },
      });
      return inOrder(ids, rows, (row) => row.id);
    },

    async lookUp({ tenants, name, limit }) {
      const folded = foldedName(storable(name));
      if (folded === "") return [];
      // Names that begin so are found by the index; only when they are too few is every name read.
      const found = async (condition: string) =>
        client.$queryRawUnsafe<{ id: string }[]>(
          `select "entityId" as id from "EntityName" where tenant = any($2) and ${condition} group by "entityId"
           order by min(case when folded = $1 then 0 when folded ^@ $1 then 1 when strpos(folded, ' ' || $1) > 0 then 2 else 3 end),
                    min(position), min(length(folded)), "entityId" limit $3`,
          folded,
          [...tenants],
          limit,
        );
      const beginning = await found(`folded ^@ $1`);
      const rows = beginning.length < limit ? await found(`strpos(folded, $1) > 0`) : beginning;
      return entities(rows.map((row) => row.id));
    },

    async mentioned({ tenants, text, limit }) {
      const names = possibleNames(storable(text));
      const known = await client.$queryRawUnsafe<KnownName[]>(
        `select "entityId", folded, written from "EntityName" where tenant = any($1) and folded = any($2)`,
        [...tenants],
        [...names.keys()],
      );
      return entities(entitiesNamed(text, names, known).slice(0, limit));
    },

    async idsOf(tenant) {
      const rows = await client.entity.findMany({
        where: { tenant: storable(tenant) },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    eraseTenant(tenant) {
      cachedVersion = undefined;
      return eraseKnowledgeOf(client, storable(tenant));
    },

    async version() {
      // Reading when something last changed is quick however much there is; hashing everything is not.
      const newest = await client.entity.aggregate({ _max: { updatedAt: true } });
      const changedAt = newest._max.updatedAt?.toISOString() ?? "";
      if (cachedVersion?.changedAt !== changedAt) {
        // Combined by exclusive or, which needs neither order nor memory; the hashes differ, since ids are in them.
        const [row] = await client.$queryRawUnsafe<{ hash: string | null }[]>(
          `select to_hex(bit_xor(('x' || left("contentHash", 16))::bit(64)::bigint)) as hash from "Entity"`,
        );
        cachedVersion = { changedAt, version: row?.hash?.padStart(16, "0") ?? "empty" };
      }
      return cachedVersion.version;
    },

    async counts() {
      const [entityCount, images, passages] = await Promise.all([
        client.entity.count(),
        client.entityImage.count(),
        client.passage.count(),
      ]);
      return { entities: entityCount, images, passages };
    },
  });
}
