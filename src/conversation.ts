/** What a question continues: the conversation and its picture. */
import { randomUUID } from "node:crypto";
import type { Conversation, Question } from "./domain/question.ts";
import { RoraError } from "./errors.ts";
import type { ImageDecoder, Ledger } from "./ports.ts";

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
