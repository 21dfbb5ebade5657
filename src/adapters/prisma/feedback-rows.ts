/** Verdicts: one current for each person and answer, the earlier ones kept as history. */
import type { Feedback, Verdict } from "../../domain/feedback.ts";
import type { Asker } from "../../domain/question.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";

/** Returns false when the rater's tenant has no such interaction. Votes on labels that were not shown are left out. */
export async function keepFeedback(
  client: PrismaClient,
  interactionId: string,
  rater: Asker,
  feedback: Feedback,
): Promise<boolean> {
  return client.$transaction(async (transaction) => {
    // Locks the interaction, so that two verdicts of one person at once do not both become the current one.
    const [interaction] = await transaction.$queryRawUnsafe<{ asker: string }[]>(
      `select asker from "Interaction" where id = $1 and tenant = $2 for update`,
      interactionId,
      rater.tenant,
    );
    if (interaction === undefined) return false;
    const shown = await transaction.candidate.findMany({
      where: { interactionId, shown: true },
      select: { label: true },
    });
    const labels = new Set(shown.map((candidate) => candidate.label));
    const votes = new Map((feedback.evidence ?? []).map((vote) => [vote.label, vote]));
    await transaction.feedback.updateMany({
      where: { interactionId, rater: rater.pseudonym, supersededAt: null },
      data: { supersededAt: new Date() },
    });
    await transaction.feedback.create({
      data: {
        interactionId,
        tenant: rater.tenant,
        rater: rater.pseudonym,
        isAsker: interaction.asker === rater.pseudonym,
        verdict: feedback.verdict,
        reason: feedback.reason ?? null,
        correctEntityId: feedback.correctEntityId ?? null,
        correctedAnswer: feedback.correctedAnswer ?? null,
        comment: feedback.comment ?? null,
        evidenceVotes: {
          create: [...votes.values()]
            .filter((vote) => labels.has(vote.label))
            .map(({ label, relevant }) => ({ label, relevant })),
        },
      },
    });
    return true;
  });
}

/** Takes a bare verdict back; one with a reason or a correction stays. Returns false when there was nothing to take back. */
export async function withdrawVerdict(
  client: PrismaClient,
  interactionId: string,
  { tenant, pseudonym }: Asker,
  verdict: Verdict,
): Promise<boolean> {
  const nothingMore = { reason: null, correctEntityId: null, correctedAnswer: null, comment: null };
  const { count } = await client.feedback.updateMany({
    where: { interactionId, tenant, rater: pseudonym, supersededAt: null, verdict, ...nothingMore },
    data: { supersededAt: new Date() },
  });
  return count > 0;
}
