/** What a question continues: the conversation, its picture, and an answer given before. */
import { randomUUID } from "node:crypto";
import type { Conversation, Question } from "./domain/question.ts";
import type { Reply } from "./domain/reply.ts";
import { RoraError } from "./errors.ts";
import type { ImageDecoder, Ledger } from "./ports.ts";

/** A question that came twice is answered once: the first answer is given again. */
export async function earlierReply(question: Question, ledger: Ledger): Promise<Reply> {
  const record = await ledger.interaction(question.id, question.asker.tenant);
  if (record !== null) return record.reply;
  throw new RoraError("busy", "This question is being answered already. Please wait a moment.", {
    retryAfterSeconds: 2,
  });
}

export async function openConversation(question: Question, ledger: Ledger): Promise<Conversation> {
  const { tenant } = question.asker;
  if (question.conversation === undefined) {
    return { id: randomUUID(), tenant, imageSha256: null, entityId: null, turns: 0 };
  }
  const known = await ledger.conversation(question.conversation, tenant);
  if (known !== null) return known;
  throw new RoraError(
    "not-found",
    "This conversation is not known here. Please start a new one with a picture.",
  );
}

/** The picture asked about: the one that came along, else the conversation's. */
export async function readImage(
  question: Question,
  conversation: Conversation,
  { decoder, ledger }: { readonly decoder: ImageDecoder; readonly ledger: Ledger },
) {
  const kept = conversation.imageSha256;
  const picture = question.image ?? (kept === null ? null : await ledger.image(kept, conversation.tenant));
  return picture === null ? null : decoder.decode(picture);
}
