/** Questions, replies and feedback, kept through Prisma. */
import { randomUUID } from "node:crypto";
import { HOLD_MILLISECONDS, type Question } from "../../domain/question.ts";
import type { Reply } from "../../domain/reply.ts";
import { RoraError } from "../../errors.ts";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { Ledger } from "../../ports.ts";
import { readKeptImage, readPictures, writeKeptImage } from "./bytes.ts";
import { movedOn } from "./conversation.ts";
import { keepFeedback, withdrawVerdict } from "./feedback-rows.ts";
import { erase, exportOf } from "./person.ts";
import { withPlainErrors } from "./plain-errors.ts";
import { type InteractionWithParts, REPLY_PARTS, toReply } from "./reply-from-rows.ts";
import { candidateRows, citationRows, imageColumns, replyColumns } from "./reply-rows.ts";
import { storable } from "./storable.ts";
import { eraseLedgerOf } from "./tenant.ts";

/**
 * What was acknowledged outlives a killed process. A reply that is already kept stays as it is; `complete` throws
 * RoraError `not-found` when the question was erased in the meantime.
 */
export function createLedger(client: PrismaClient): Ledger {
  /** Tells this process from others at the same database. */
  const holder = randomUUID();
  return withPlainErrors<Ledger>({
    async accept(unsafeQuestion, conversation) {
      const question = storable(unsafeQuestion);
      const { asker, platform, platformEventId } = question;
      const { now, heldUntil } = await holdTimes(client);
      const row = {
        id: question.id,
        tenant: asker.tenant,
        asker: asker.pseudonym,
        platform,
        platformEventId: platformEventId ?? null,
        conversationId: storable(conversation.id),
        turn: conversation.turns,
        earlierImageSha256: conversation.imageSha256,
        earlierEntityId: conversation.entityId,
        question: question.text,
        imagePosted: question.image !== undefined,
        holder,
        heldUntil,
      };
      const take = async () =>
        (await client.interaction.createMany({ data: [row], skipDuplicates: true })).count === 1;
      if (await take()) return true;
      const over = [
        { status: "failed" as const },
        { status: "accepted" as const, OR: [{ heldUntil: null }, { heldUntil: { lt: now } }] },
      ];
      const { count } = await client.interaction.deleteMany({
        where: { tenant: asker.tenant, asker: asker.pseudonym, AND: [{ OR: same(question) }, { OR: over }] },
      });
      return count > 0 && take();
    },

    async hold(questionId) {
      const { heldUntil } = await holdTimes(client);
      await client.interaction.updateMany({
        where: { id: storable(questionId), holder, status: "accepted" },
        data: { heldUntil },
      });
    },

    async complete(unsafeQuestion, unsafeConversation, unsafeReply, image) {
      const question = storable(unsafeQuestion);
      const conversation = storable(unsafeConversation);
      const reply = { ...storable(unsafeReply), interactionId: question.id };
      const { tenant } = question.asker;
      return client.$transaction(async (transaction) => {
        const { count } = await transaction.interaction.updateMany({
          where: { id: question.id, tenant, status: { not: "completed" } },
          data: {
            ...replyColumns(reply),
            ...(image === null ? {} : imageColumns(image)),
            // Who took the question over may have begun another conversation for it.
            conversationId: conversation.id,
            status: "completed",
            holder: null,
            heldUntil: null,
            errorCode: null,
            finishedAt: new Date(),
          },
        });
        if (count === 0) {
          if ((await transaction.interaction.count({ where: { id: question.id, tenant } })) > 0) return false;
          throw new RoraError("not-found", "This question is no longer kept: ask it again.");
        }
        const { snapshots, candidates } = candidateRows(reply);
        await transaction.knowledgeSnapshot.createMany({ data: snapshots, skipDuplicates: true });
        await transaction.candidate.createMany({ data: candidates });
        await transaction.citation.createMany({ data: citationRows(reply) });
        if (image !== null && question.image !== undefined) {
          const { sha256, mediaType } = image;
          await writeKeptImage(transaction, { tenant, sha256, mediaType, bytes: question.image.bytes });
        }
        const { id, imageSha256, entityId, turns } = movedOn(conversation, reply, image);
        await transaction.conversation.upsert({
          where: { tenant_id: { tenant, id } },
          create: { tenant, id, imageSha256, entityId, turns },
          update: { imageSha256, entityId, turns },
        });
        return true;
      });
    },

    async fail(questionId, code) {
      await client.interaction.updateMany({
        where: { id: storable(questionId), holder, status: "accepted" },
        data: {
          status: "failed",
          holder: null,
          heldUntil: null,
          errorCode: storable(code),
          finishedAt: new Date(),
        },
      });
    },

    async conversation(id, tenant) {
      return client.conversation.findUnique({
        where: { tenant_id: { tenant: storable(tenant), id: storable(id) } },
        omit: { createdAt: true, updatedAt: true },
      });
    },

    async image(sha256, tenant) {
      const bytes = await readKeptImage(client, storable(tenant), storable(sha256));
      return bytes === null ? null : { bytes };
    },

    async interaction(id, tenant) {
      const row = await client.interaction.findFirst({
        where: { id: storable(id), tenant: storable(tenant), status: "completed" },
        include: REPLY_PARTS,
      });
      if (row === null) return null;
      const { acceptedAt: createdAt, question, imageSha256 } = row;
      return { id: row.id, createdAt, question, reply: await replyOf(client, row), imageSha256 };
    },

    async replyTo(unsafeQuestion) {
      const question = storable(unsafeQuestion);
      const { tenant, pseudonym: asker } = question.asker;
      const row = await client.interaction.findFirst({
        where: { tenant, asker, status: "completed", OR: same(question) },
        include: REPLY_PARTS,
      });
      return row === null ? null : replyOf(client, row);
    },

    recordFeedback: (interactionId, rater, feedback) =>
      keepFeedback(client, storable(interactionId), storable(rater), storable(feedback)),
    withdrawFeedback: (interactionId, rater, verdict) =>
      withdrawVerdict(client, storable(interactionId), storable(rater), verdict),
    exportPerson: (asker) => exportOf(client, storable(asker)),
    erasePerson: (asker) => erase(client, storable(asker)),
    eraseTenant: (tenant) => eraseLedgerOf(client, storable(tenant)),
  });
}

/** What makes two questions the same. */
function same({ id, platform, platformEventId }: Question) {
  return [{ id }, ...(platformEventId === undefined ? [] : [{ platform, platformEventId }])];
}

/** By the database's clock: the machines' own may differ. */
async function holdTimes(client: PrismaClient): Promise<{ now: Date; heldUntil: Date }> {
  const [row] = await client.$queryRawUnsafe<{ now: Date }[]>("select now() as now");
  const { now } = row!;
  return { now, heldUntil: new Date(now.getTime() + HOLD_MILLISECONDS) };
}

async function replyOf(client: PrismaClient, row: InteractionWithParts): Promise<Reply> {
  const hashes = row.candidates.flatMap((candidate) => candidate.entityImageSha256 ?? []);
  return toReply(row, await readPictures(client, hashes));
}
