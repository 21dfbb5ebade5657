/** All that is kept of one tenant: erasing it. */
import type { PrismaClient } from "../../generated/prisma/client.ts";

/** What was asked and answered there. Returns how many interactions went. */
export async function eraseLedgerOf(client: PrismaClient, tenant: string): Promise<number> {
  return client.$transaction(async (transaction) => {
    // First, because a reply that is just being kept holds its interaction: what it brings is there once this goes on.
    const { count } = await transaction.interaction.deleteMany({ where: { tenant } });
    await transaction.feedback.deleteMany({ where: { tenant } });
    await transaction.keptImage.deleteMany({ where: { tenant } });
    await transaction.conversation.deleteMany({ where: { tenant } });
    await transaction.chatPost.deleteMany({ where: { tenant } });
    await transaction.personConsent.deleteMany({ where: { tenant } });
    await transaction.knowledgeSnapshot.deleteMany({ where: { tenant, candidates: { none: {} } } });
    return count;
  });
}

/** What it was taught, with pictures that neither other knowledge nor an earlier answer shows. */
export async function eraseKnowledgeOf(client: PrismaClient, tenant: string): Promise<void> {
  await client.$transaction(async (transaction) => {
    const images = await transaction.entityImage.findMany({
      where: { entity: { tenant } },
      select: { sha256: true },
    });
    await transaction.entity.deleteMany({ where: { tenant } });
    await transaction.$executeRawUnsafe(
      `delete from "Picture" where sha256 = any($1::text[])
         and not exists (select from "EntityImage" where "EntityImage".sha256 = "Picture".sha256)
         and not exists (select from "Candidate" where "entityImageSha256" = "Picture".sha256)`,
      [...new Set(images.map(({ sha256 }) => sha256))],
    );
  });
}
