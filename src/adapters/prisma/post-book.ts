/** Questions asked in chats and where their answers stand, kept through Prisma. */
import type { Post } from "../../domain/post.ts";
import type { ChatPost, PrismaClient } from "../../generated/prisma/client.ts";
import type { PostBook } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";

export function createPostBook(client: PrismaClient): PostBook {
  return withPlainErrors<PostBook>({
    async open({ conversation, ...post }) {
      const data = [{ ...post, conversationId: conversation }];
      return (await client.chatPost.createMany({ data, skipDuplicates: true })).count === 1;
    },

    async place(interactionId, answerMessage) {
      await client.chatPost.updateMany({ where: { interactionId }, data: { answerMessage } });
    },

    async close(interactionId, conversation) {
      const data = { conversationId: conversation, closedAt: new Date() };
      await client.chatPost.updateMany({ where: { interactionId }, data });
    },

    async byInteraction(interactionId) {
      return toPost(await client.chatPost.findUnique({ where: { interactionId } }));
    },

    async byMessage(platform, answerMessage) {
      return toPost(await client.chatPost.findFirst({ where: { platform, answerMessage } }));
    },

    async latest(platform, channel) {
      return toPost(
        await client.chatPost.findFirst({
          where: { platform, channel, conversationId: { not: null } },
          orderBy: { openedAt: "desc" },
        }),
      );
    },

    async unanswered(platform, date) {
      const rows = await client.chatPost.findMany({
        where: { platform, closedAt: null, openedAt: { lt: date } },
        orderBy: { openedAt: "asc" },
      });
      return rows.flatMap((row) => toPost(row) ?? []);
    },
  });
}

function toPost(row: ChatPost | null): Post | null {
  if (row === null) return null;
  const { interactionId, eventId, tenant, channel, questionMessage, answerMessage, conversationId } = row;
  const platform = row.platform as Post["platform"];
  return {
    interactionId,
    platform,
    eventId,
    tenant,
    channel,
    questionMessage,
    answerMessage,
    conversation: conversationId,
  };
}
