/** Events that platforms may send again, kept through Prisma. */
import type { PrismaClient } from "../../generated/prisma/client.ts";
import type { EventBook } from "../../ports.ts";
import { withPlainErrors } from "./plain-errors.ts";

export function createEventBook(client: PrismaClient): EventBook {
  return withPlainErrors<EventBook>({
    async first(platform, eventId) {
      const data = [{ platform, eventId }];
      return (await client.seenEvent.createMany({ data, skipDuplicates: true })).count === 1;
    },
    forget: async (date) => (await client.seenEvent.deleteMany({ where: { seenAt: { lt: date } } })).count,
  });
}
