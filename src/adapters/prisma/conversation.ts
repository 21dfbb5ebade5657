import type { DecodedImage } from "../../domain/image.ts";
import type { Conversation } from "../../domain/question.ts";
import type { Reply } from "../../domain/reply.ts";

/**
 * A conversation after one more reply: about the reply's picture and the entity of its first citation.
 * A reply that cites nothing leaves both as they were, unless a new picture has changed the subject; one that was found
 * without the picture (`image` null) has changed it, too.
 */
export function movedOn(conversation: Conversation, reply: Reply, image: DecodedImage | null): Conversation {
  const cited = reply.evidence.find((evidence) => evidence.label === reply.citations[0]?.label);
  const turns = conversation.turns + 1;
  if (cited !== undefined) {
    return { ...conversation, imageSha256: image?.sha256 ?? null, entityId: cited.entity.id, turns };
  }
  const samePicture = image === null || image.sha256 === conversation.imageSha256;
  return samePicture
    ? { ...conversation, turns }
    : { ...conversation, imageSha256: image.sha256, entityId: null, turns };
}
