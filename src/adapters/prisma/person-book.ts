/** What a person sees of what is kept of them, and decides, kept through Prisma. */
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { PersonBook } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";
import { storable } from "./storable.ts";

export function createPersonBook(client: PrismaClient): PersonBook {
  return withPlainErrors<PersonBook>({
    async recentQuestions(asker, limit) {
      const { tenant, pseudonym } = storable(asker);
      const rows = await client.interaction.findMany({
        where: { tenant, asker: pseudonym, status: "completed" },
        select: { id: true, acceptedAt: true, question: true, text: true },
        orderBy: { acceptedAt: "desc" },
        take: limit,
      });
      return rows.map(({ id, acceptedAt, question, text }) => {
        return { id, askedAt: acceptedAt, question, answer: text ?? "" };
      });
    },

    async allowsTraining(asker) {
      const { tenant, pseudonym } = storable(asker);
      const where = { tenant_pseudonym: { tenant, pseudonym } };
      return (await client.personConsent.findUnique({ where }))?.trainingAllowed ?? false;
    },

    async allowTraining(asker, trainingAllowed) {
      const { tenant, pseudonym } = storable(asker);
      await client.personConsent.upsert({
        where: { tenant_pseudonym: { tenant, pseudonym } },
        create: { tenant, pseudonym, trainingAllowed },
        update: { trainingAllowed },
      });
    },
  });
}
