/** Two-stage retrieval for one question: entities by picture or by name, then passages for the expanded question. */

import type { AssistantParts } from "./assistant-parts.ts";
import type { EncodedImage, RelevanceMap } from "./domain/image.ts";
import { PUBLIC_TENANT } from "./domain/knowledge.ts";
import type { Conversation, Question } from "./domain/question.ts";
import { type EntityHit, findLookAlikes, findMentioned } from "./retrieval/entities.ts";
import { expandQuestion } from "./retrieval/expansion.ts";
import { findPassages } from "./retrieval/passages.ts";
import { focusEmbedding } from "./vision/focus.ts";

type LookupParts = Pick<AssistantParts, "index" | "store" | "textEncoder" | "settings">;

/** What a follow-up names ("and in Japan?"): then it is no longer about the conversation's picture. */
export async function findNamed(question: Question, conversation: Conversation, parts: LookupParts) {
  if (question.image !== undefined || conversation.imageSha256 === null) return [];
  return findMentioned(question.text, null, searchOf(question, parts));
}

/** Stage 1: by what the question is about in the picture, or by name where there is none. */
export async function findEntities(
  question: Question,
  conversation: Conversation,
  query: { readonly image: EncodedImage; readonly map: RelevanceMap } | null,
  parts: LookupParts,
): Promise<EntityHit[]> {
  const search = searchOf(question, parts);
  if (query === null) return findMentioned(question.text, conversation.entityId, search);
  return findLookAlikes(focusEmbedding(query.image, query.map, parts.settings.focus), search);
}

function searchOf(question: Question, { index, store, settings }: LookupParts) {
  const tenants = [PUBLIC_TENANT, question.asker.tenant];
  return { index, store, tenants, limit: settings.entities };
}

/** Stage 2: passages for the expanded question. */
export async function findCandidates(question: Question, hits: readonly EntityHit[], parts: LookupParts) {
  const { index, store, settings } = parts;
  const text = expandQuestion(question.text, hits, settings.expandBy);
  const [embedding] = await parts.textEncoder.embed([text]);
  return findPassages(hits, {
    index,
    store,
    tenants: [PUBLIC_TENANT, question.asker.tenant],
    text,
    embedding: embedding!,
    perEntity: settings.passagesPerEntity,
    unfiltered: settings.unfilteredPassages,
  });
}
