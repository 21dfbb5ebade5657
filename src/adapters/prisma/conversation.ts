import type { DecodedImage } from "../../domain/image.ts";
import type { Conversation } from "../../domain/question.ts";
import type { Reply } from "../../domain/reply.ts";

/**
 * A conversation after one more reply: about the reply's picture and the entity of its first citation.
 * A reply that cites nothing leaves the entity as it was, unless a new picture has changed the subject.
 */
export function movedOn(conversation: Conversation, reply: Reply, image: DecodedImage | null): Conversation {
  const cited = reply.evidence.find((evidence) => evidence.label === reply.citations[0]?.label);
  const imageSha256 = image?.sha256 ?? conversation.imageSha256;
  const earlierEntityId = imageSha256 === conversation.imageSha256 ? conversation.entityId : null;
  return {
    ...conversation,
    imageSha256,
    entityId: cited?.entity.id ?? earlierEntityId,
    turns: conversation.turns + 1,
  };
}
