/** Writing an entity with all that belongs to it. */
import { createHash } from "node:crypto";
import type { Entity, EntityRecord } from "../../domain/knowledge.ts";
import { foldedName } from "../../domain/text.ts";
import { RoraError } from "../../errors.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import { writePictures } from "./bytes.ts";
import { storable } from "./storable.ts";

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

function contentHash(record: EntityRecord): string {
  const images = record.images.map(({ bytes, ...rest }) => ({ ...rest, bytes: sha256(bytes) }));
  return sha256(JSON.stringify([record.entity, images, record.passages]));
}

/** Title and aliases, folded, each once; position 0 is the title. */
function nameRows(entity: Entity) {
  const rows = new Map<
    string,
    { entityId: string; position: number; folded: string; written: string; tenant: string }
  >();
  for (const [position, written] of [entity.title, ...entity.aliases].entries()) {
    const folded = foldedName(written);
    if (folded === "" || rows.has(folded)) continue;
    rows.set(folded, { entityId: entity.id, position, folded, written, tenant: entity.tenant });
  }
  return [...rows.values()];
}

/**
 * Inserts or replaces one entity in one transaction; returns false when nothing had changed. Throws RoraError
 * `bad-request` when the id belongs to another tenant or a picture is not what its hash says.
 */
export async function putRecord(client: PrismaClient, unsafeRecord: EntityRecord): Promise<boolean> {
  const record = storable(unsafeRecord);
  const { entity, images, passages } = record;
  if (images.some((image) => sha256(image.bytes) !== image.sha256)) {
    throw new RoraError("bad-request", `A picture of ${entity.id} is not what its hash says: read it again.`);
  }
  const hash = contentHash(record);
  return client.$transaction(async (transaction) => {
    const earlier = await transaction.entity.findUnique({
      where: { id: entity.id },
      select: { tenant: true, contentHash: true },
    });
    if (earlier !== null && earlier.tenant !== entity.tenant) {
      throw new RoraError("bad-request", `The id ${entity.id} is taken: choose another one.`);
    }
    if (earlier?.contentHash === hash) return false;
    const row = { ...entity, aliases: [...entity.aliases], contentHash: hash };
    await transaction.entity.upsert({ where: { id: entity.id }, create: row, update: row });
    if (earlier !== null) {
      await transaction.entityName.deleteMany({ where: { entityId: entity.id } });
      await transaction.entityImage.deleteMany({ where: { entityId: entity.id } });
      await transaction.passage.deleteMany({ where: { entityId: entity.id } });
    }
    await transaction.entityName.createMany({ data: nameRows(entity) });
    await writePictures(transaction, images);
    await transaction.entityImage.createMany({
      data: images.map(({ bytes: _, ...image }, position) => ({
        ...image,
        entityId: entity.id,
        position,
      })),
    });
    await transaction.passage.createMany({
      data: passages.map((passage, position) => ({ ...passage, entityId: entity.id, position })),
    });
    return true;
  });
}
