/** The way of a question: the stages in order. Knows no platform, no store and no model by name. */
import { randomUUID } from "node:crypto";
import { generateAnswer } from "./answering/generate.ts";
import { assemblePrompt } from "./answering/prompt.ts";
import { createChannel } from "./channel.ts";
import { conclude } from "./conclusion.ts";
import type { CriticWeights } from "./domain/critic.ts";
import type { AssistantEvent } from "./domain/events.ts";
import type { EncodedImage } from "./domain/image.ts";
import { PUBLIC_TENANT } from "./domain/knowledge.ts";
import type { Conversation, Question } from "./domain/question.ts";
import type { ModelVersions, Reply } from "./domain/reply.ts";
import { RoraError } from "./errors.ts";
import { createPictureEncoder, type PictureEncoder } from "./picture-encoder.ts";
import { encodePictures, refinePrompt, withPatchScores } from "./pictured-evidence.ts";
import type {
  AnswerModel,
  Assistant,
  ImageDecoder,
  ImageEncoder,
  KnowledgeIndex,
  KnowledgeStore,
  Ledger,
  TextEncoder,
} from "./ports.ts";
import { chooseEvidence } from "./retrieval/choose.ts";
import { judge } from "./retrieval/critic.ts";
import { type EntityHit, findLookAlikes, findMentioned } from "./retrieval/entities.ts";
import { expandQuestion } from "./retrieval/expansion.ts";
import { findPassages } from "./retrieval/passages.ts";
import { type Stopwatch, startStopwatch } from "./stopwatch.ts";
import { keptPatches, type RefinementOptions, refineQuery } from "./vision/refinement.ts";

export interface AssistantParts {
  readonly decoder: ImageDecoder;
  /** Reads our own knowledge's pictures, drawings included; people's pictures go through `decoder`. */
  readonly knowledgeDecoder: ImageDecoder;
  readonly imageEncoder: ImageEncoder;
  readonly textEncoder: TextEncoder;
  readonly answerModel: AnswerModel;
  readonly index: KnowledgeIndex;
  readonly store: KnowledgeStore;
  readonly ledger: Ledger;
  readonly critic: CriticWeights;
  readonly settings: AssistantSettings;
}

export interface AssistantSettings {
  /** Entities taken from stage 1. */
  readonly entities: number;
  readonly passagesPerEntity: number;
  readonly unfilteredPassages: number;
  /** Look-alikes whose names expand the question. */
  readonly expandBy: number;
  /** Most items in the prompt. */
  readonly evidence: number;
  readonly maximumTokens: number;
  readonly refinement: RefinementOptions;
}

export const DEFAULT_SETTINGS: AssistantSettings = {
  entities: 8,
  passagesPerEntity: 2,
  unfilteredPassages: 4,
  expandBy: 3,
  evidence: 5,
  maximumTokens: 64,
  // Of the starter's 100 patches; what it was trained with (training/starter/decoder_data.py).
  refinement: { keepQuery: 8, keepRetrieved: 8 },
};

/** Builds the assistant from its parts. `ask` throws RoraError; abstaining is a reply. */
export function createAssistant(given: AssistantParts): Assistant {
  const { knowledgeDecoder: decoder, imageEncoder } = given;
  const parts = { ...given, encodePicture: createPictureEncoder({ decoder, imageEncoder }) };
  return {
    async *ask(question, { signal }) {
      const watch = startStopwatch();
      const conversation = await openConversation(question, parts);
      if (!(await parts.ledger.accept(question, conversation))) {
        yield { kind: "answer-end", reply: await earlierReply(question, parts) };
        return;
      }
      let outcome = "aborted";
      try {
        yield* answer(question, conversation, parts, watch, signal);
        outcome = "completed";
      } catch (error) {
        outcome = error instanceof RoraError ? error.code : signal.aborted ? "aborted" : "unavailable";
        throw error;
      } finally {
        // Also when the reader goes away in the middle, which ends a generator without an error.
        if (outcome !== "completed") await parts.ledger.fail(question.id, outcome);
      }
    },
  };
}

/** A question that came twice is answered once: the first answer is given again. */
async function earlierReply(question: Question, { ledger }: AssistantParts): Promise<Reply> {
  const record = await ledger.interaction(question.id, question.asker.tenant);
  if (record !== null) return record.reply;
  throw new RoraError("busy", "This question is being answered already. Please wait a moment.", {
    retryAfterSeconds: 2,
  });
}

async function openConversation(question: Question, { ledger }: AssistantParts): Promise<Conversation> {
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

async function* answer(
  question: Question,
  conversation: Conversation,
  parts: AssistantParts & { readonly encodePicture: PictureEncoder },
  watch: Stopwatch,
  signal: AbortSignal,
): AsyncGenerator<AssistantEvent> {
  const { settings } = parts;
  const named = await watch.time("entities", () => findNamed(question, conversation, parts));
  const image =
    named.length > 0 ? null : await watch.time("decode", () => readImage(question, conversation, parts));
  if (image !== null)
    yield { kind: "image-read", width: image.width, height: image.height, notices: image.notices };
  signal.throwIfAborted();

  const [encoded, [questionEmbedding]] = await watch.time("encode", () =>
    Promise.all([
      image === null ? null : parts.imageEncoder.encode(image),
      parts.textEncoder.embed([question.text]),
    ]),
  );
  const hits =
    named.length > 0
      ? named
      : await watch.time("entities", () => findEntities(question, conversation, encoded, parts));
  const entities = hits.map(({ entity, entityImage, similarity }) => ({ entity, entityImage, similarity }));
  yield { kind: "entities-found", entities };
  signal.throwIfAborted();

  const query =
    encoded === null
      ? null
      : { image: encoded, map: refineQuery(encoded, questionEmbedding!, settings.refinement) };
  const queryPatches = query === null ? [] : keptPatches(query.image, query.map.kept);
  const candidates = await watch.time("passages", () => retrieve(question, hits, parts));
  const pictures =
    query === null
      ? new Map<string, EncodedImage>()
      : await watch.time("encode", () => encodePictures(candidates, parts.encodePicture));
  const judged = await watch.time("critic", () =>
    judge(withPatchScores(candidates, pictures, queryPatches), parts.critic),
  );
  const choice = { threshold: parts.critic.threshold, most: settings.evidence, ofBest: 2 };
  const prompt = await watch.time("refine", () =>
    refinePrompt(chooseEvidence(judged, choice), pictures, query, settings.refinement),
  );
  const evidence = prompt.items.map((item) => item.evidence);
  yield { kind: "evidence-chosen", evidence };
  signal.throwIfAborted();

  const words = createChannel<string>();
  const generating =
    evidence.length === 0
      ? null
      : watch
          .time("generate", () =>
            generateAnswer(parts.answerModel, assemblePrompt(prompt.items, prompt.query, question.text), {
              maximumTokens: settings.maximumTokens,
              signal,
              onText: words.push,
            }),
          )
          .finally(words.close);
  if (generating !== null) {
    // A failure is met at the await below; until then it must not count as unhandled.
    generating.catch(() => {});
    yield { kind: "answer-start" };
    for await (const text of words.items) yield { kind: "answer-delta", text };
  }
  const reply: Reply = {
    ...conclude(await generating, evidence, judged, image !== null),
    interactionId: question.id,
    conversation: conversation.id,
    evidence,
    candidates: judged,
    relevanceMap: query?.map ?? null,
    visualTokens: prompt.counts,
    notices: image?.notices ?? [],
    models: await versions(parts),
    timings: watch.timings(),
  };
  await parts.ledger.complete(question, conversation, reply, image);
  yield { kind: "answer-end", reply };
}

/** The picture asked about: the one that came along, else the conversation's. */
async function readImage(
  question: Question,
  conversation: Conversation,
  { decoder, ledger }: AssistantParts,
) {
  const kept = conversation.imageSha256;
  const picture = question.image ?? (kept === null ? null : await ledger.image(kept, conversation.tenant));
  return picture === null ? null : decoder.decode(picture);
}

/** What a follow-up names ("and in Japan?"): then it is no longer about the conversation's picture. */
async function findNamed(question: Question, conversation: Conversation, parts: AssistantParts) {
  if (question.image !== undefined || conversation.imageSha256 === null) return [];
  return findMentioned(question.text, null, searchOf(question, parts));
}

/** Stage 1: by picture, or by name where there is none. */
async function findEntities(
  question: Question,
  conversation: Conversation,
  encoded: EncodedImage | null,
  parts: AssistantParts,
): Promise<EntityHit[]> {
  const search = searchOf(question, parts);
  if (encoded === null) return findMentioned(question.text, conversation.entityId, search);
  return findLookAlikes(encoded.embedding, search);
}

function searchOf(question: Question, { index, store, settings }: AssistantParts) {
  const tenants = [PUBLIC_TENANT, question.asker.tenant];
  return { index, store, tenants, limit: settings.entities };
}

/** Stage 2: passages for the expanded question. */
async function retrieve(question: Question, hits: readonly EntityHit[], parts: AssistantParts) {
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

async function versions(parts: AssistantParts): Promise<ModelVersions> {
  return {
    encoder: parts.imageEncoder.id,
    answer: parts.answerModel.id,
    critic: parts.critic.version,
    knowledge: await parts.store.version(),
  };
}
