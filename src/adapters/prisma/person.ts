/** All that is kept of one person: showing it and erasing it. */
import type { Asker } from "../../domain/question.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { PersonExport } from "../../ports.ts";
import { readKeptImage } from "./bytes.ts";
import { REPLY_PARTS } from "./reply-from-rows.ts";

/** Everything kept of a person as plain JSON; pictures as base64. */
export async function exportOf(client: PrismaClient, asker: Asker): Promise<PersonExport> {
  const { tenant, pseudonym } = asker;
  const interactions = await client.interaction.findMany({
    where: { tenant, asker: pseudonym },
    include: REPLY_PARTS,
    orderBy: { acceptedAt: "asc" },
  });
  const feedback = await client.feedback.findMany({
    where: { tenant, rater: pseudonym },
    include: { evidenceVotes: true },
    orderBy: { createdAt: "asc" },
  });
  const posted = interactions.flatMap((row) =>
    row.imagePosted && row.imageSha256 !== null ? [row.imageSha256] : [],
  );
  const images = await client.keptImage.findMany({
    where: { tenant, sha256: { in: posted } },
    select: { sha256: true, mediaType: true, createdAt: true },
  });
  const consent = await client.personConsent.findUnique({
    where: { tenant_pseudonym: { tenant, pseudonym } },
  });
  return {
    tenant,
    pseudonym,
    interactions,
    feedback,
    images: await Promise.all(
      images.map(async (image) => {
        const bytes = await readKeptImage(client, tenant, image.sha256);
        return { ...image, base64: Buffer.from(bytes ?? []).toString("base64") };
      }),
    ),
    trainingAllowed: consent?.trainingAllowed ?? false,
  };
}

/**
 * Erases a person's questions with all that hangs on them, their verdicts on others' answers, their consent, the
 * pictures nobody else posted, and conversations nobody else took part in. Returns how many interactions went.
 */
export async function erase(client: PrismaClient, asker: Asker): Promise<number> {
  const { tenant, pseudonym } = asker;
  return client.$transaction(async (transaction) => {
    const own = await transaction.interaction.findMany({
      where: { tenant, asker: pseudonym },
      select: { id: true, conversationId: true, imageSha256: true, imagePosted: true },
    });
    const posted = own.flatMap((row) =>
      row.imagePosted && row.imageSha256 !== null ? [row.imageSha256] : [],
    );
    const conversations = own.map((row) => row.conversationId);
    await transaction.feedback.deleteMany({ where: { tenant, rater: pseudonym } });
    await transaction.chatPost.deleteMany({ where: { interactionId: { in: own.map((row) => row.id) } } });
    const erased = await transaction.interaction.deleteMany({ where: { tenant, asker: pseudonym } });

    const stillPosted = await transaction.interaction.findMany({
      where: { tenant, imagePosted: true, imageSha256: { in: posted } },
      select: { imageSha256: true },
      distinct: ["imageSha256"],
    });
    const others = new Set(stillPosted.map((row) => row.imageSha256));
    const gone = posted.filter((sha256) => !others.has(sha256));
    await transaction.keptImage.deleteMany({ where: { tenant, sha256: { in: gone } } });
    await transaction.conversation.updateMany({
      where: { tenant, imageSha256: { in: gone } },
      data: { imageSha256: null },
    });

    const stillTalking = await transaction.interaction.findMany({
      where: { tenant, conversationId: { in: conversations } },
      select: { conversationId: true },
      distinct: ["conversationId"],
    });
    const alive = new Set(stillTalking.map((row) => row.conversationId));
    await transaction.conversation.deleteMany({
      where: { tenant, id: { in: conversations.filter((id) => !alive.has(id)) } },
    });
    await transaction.personConsent.deleteMany({ where: { tenant, pseudonym } });
    return erased.count;
  });
}
