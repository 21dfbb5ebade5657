/** How much is kept of people, and what they agreed to, through Prisma. */
import type { Asker } from "../../domain/question.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { Kept, PeopleBook } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";

export function createPeopleBook(client: PrismaClient): PeopleBook {
  return withPlainErrors<PeopleBook>({
    async kept(askers) {
      // Keyed hashes: nobody else has one of these in another of these tenants.
      const tenant = { in: [...new Set(askers.map((asker) => asker.tenant))] };
      const who = { in: askers.map(({ pseudonym }) => pseudonym) };
      const [questions, pictures, verdicts, consents] = await Promise.all([
        client.interaction.groupBy({
          by: ["tenant", "asker"],
          where: { tenant, asker: who },
          _count: true,
          _min: { acceptedAt: true },
        }),
        client.interaction.groupBy({
          by: ["tenant", "asker", "imageSha256"],
          where: { tenant, asker: who, imagePosted: true, imageSha256: { not: null } },
        }),
        client.feedback.groupBy({
          by: ["tenant", "rater"],
          where: { tenant, rater: who, supersededAt: null },
          _count: true,
        }),
        client.personConsent.findMany({ where: { tenant, pseudonym: who } }),
      ]);
      return askers.flatMap((asker): Kept[] => {
        const asked = questions.find((row) => isOf(asker, row.tenant, row.asker));
        const judged = verdicts.find((row) => isOf(asker, row.tenant, row.rater));
        const consent = consents.find((row) => isOf(asker, row.tenant, row.pseudonym));
        if (asked === undefined && judged === undefined && consent === undefined) return [];
        return [
          {
            asker,
            questions: asked?._count ?? 0,
            pictures: pictures.filter((row) => isOf(asker, row.tenant, row.asker)).length,
            verdicts: judged?._count ?? 0,
            since: asked?._min.acceptedAt ?? null,
            trainingAllowed: consent?.trainingAllowed ?? false,
          },
        ];
      });
    },

    async allowTraining({ tenant, pseudonym }, trainingAllowed) {
      await client.personConsent.upsert({
        where: { tenant_pseudonym: { tenant, pseudonym } },
        create: { tenant, pseudonym, trainingAllowed },
        update: { trainingAllowed },
      });
    },

    async tenants() {
      const [asked, agreed] = await Promise.all([
        client.interaction.groupBy({ by: ["tenant"] }),
        client.personConsent.groupBy({ by: ["tenant"] }),
      ]);
      return [...new Set([...asked, ...agreed].map(({ tenant }) => tenant))];
    },

    async recentQuestions({ tenant, pseudonym }, limit) {
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

    async askedSince(platform, date) {
      const rows = await client.interaction.findMany({
        where: { platform, acceptedAt: { gte: date } },
        select: { tenant: true, asker: true, acceptedAt: true },
        orderBy: { acceptedAt: "asc" },
      });
      return rows.map(({ tenant, asker, acceptedAt }) => ({
        asker: { tenant, pseudonym: asker },
        at: acceptedAt,
      }));
    },
  });
}

function isOf(asker: Asker, tenant: string, pseudonym: string): boolean {
  return asker.tenant === tenant && asker.pseudonym === pseudonym;
}
