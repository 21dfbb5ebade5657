/** The way of a question: the stages in order. Knows no platform, no store and no model by name. */
import { generateAnswer } from "./answering/generate.ts";
import { assemblePrompt } from "./answering/prompt.ts";
import type { AssistantParts } from "./assistant-parts.ts";
import { createChannel } from "./channel.ts";
import { claim, keepHold } from "./claim.ts";
import { conclude } from "./conclusion.ts";
import { openConversation, readImage } from "./conversation.ts";
import type { AssistantEvent } from "./domain/events.ts";
import type { EncodedImage } from "./domain/image.ts";
import type { Conversation, Question } from "./domain/question.ts";
import type { ModelVersions, Reply } from "./domain/reply.ts";
import { RoraError } from "./errors.ts";
import { look } from "./looking.ts";
import { findCandidates, findEntities, findNamed } from "./lookup.ts";
import { createPictureEncoder, type PictureEncoder } from "./picture-encoder.ts";
import { encodePictures, noticesOf, refinePrompt, withPatchScores } from "./pictured-evidence.ts";
import type { Assistant } from "./ports.ts";
import { chooseEvidence } from "./retrieval/choose.ts";
import { judge } from "./retrieval/critic.ts";
import { type Stopwatch, startStopwatch } from "./stopwatch.ts";
import { keptPatches } from "./vision/refinement.ts";

/** Builds the assistant from its parts. `ask` throws RoraError; abstaining is a reply. */
export function createAssistant(given: AssistantParts): Assistant {
  const { knowledgeDecoder: decoder, imageEncoder } = given;
  const parts = { ...given, encodePicture: createPictureEncoder({ decoder, imageEncoder }) };
  return {
    async *ask(question, { signal }) {
      const watch = startStopwatch();
      const conversation = await openConversation(question, parts.ledger);
      const earlier = await claim(question, conversation, { ledger: parts.ledger, signal });
      if (earlier !== null) {
        yield { kind: "answer-end", reply: earlier };
        return;
      }
      const letGo = keepHold(question.id, parts.ledger);
      let outcome = "aborted";
      try {
        for await (const event of answer(question, conversation, parts, watch, signal)) {
          // The reply is kept by now; whoever has read it may leave without asking for a further event.
          if (event.kind === "answer-end") outcome = "completed";
          yield event;
        }
      } catch (error) {
        outcome = error instanceof RoraError ? error.code : signal.aborted ? "aborted" : "unavailable";
        throw error;
      } finally {
        letGo();
        // Also when the reader goes away in the middle, which ends a generator without an error.
        if (outcome !== "completed") await parts.ledger.fail(question.id, outcome);
      }
    },
  };
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
  const notices = image === null ? [] : noticesOf(image, parts.imageEncoder);
  if (image !== null) yield { kind: "image-read", width: image.width, height: image.height, notices };
  signal.throwIfAborted();

  const looked = image === null ? null : await watch.time("encode", () => look(question.text, image, parts));
  const query = looked?.asked ?? null;
  const hits =
    named.length > 0
      ? named
      : await watch.time("entities", () => findEntities(question, conversation, query, parts));
  const entities = hits.map(({ entity, entityImage, similarity }) => ({ entity, entityImage, similarity }));
  yield { kind: "entities-found", entities };
  signal.throwIfAborted();

  const queryPatches = query === null ? [] : keptPatches(query.image, query.map.kept);
  const candidates = await watch.time("passages", () => findCandidates(question, hits, parts));
  const pictures =
    query === null
      ? new Map<string, EncodedImage>()
      : await watch.time("encode", () => encodePictures(candidates, parts.encodePicture));
  const judged = await watch.time("critic", () =>
    judge(withPatchScores(candidates, pictures, queryPatches), parts.critic),
  );
  const choice = { threshold: parts.critic.threshold, most: settings.evidence, ofBest: 2 };
  const prompt = await watch.time("refine", () =>
    refinePrompt(chooseEvidence(judged, choice), pictures, query, {
      ...settings.refinement,
      decoder: parts.knowledgeDecoder,
    }),
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
    relevanceMap: looked?.map ?? null,
    visualTokens: prompt.counts,
    notices,
    models: await versions(parts),
    timings: watch.timings(),
  };
  const kept = await parts.ledger.complete(question, conversation, reply, image);
  // Where another process was faster, having taken this one for dead, its reply is the one that counts.
  yield { kind: "answer-end", reply: kept ? reply : ((await parts.ledger.replyTo(question)) ?? reply) };
}

async function versions(parts: AssistantParts): Promise<ModelVersions> {
  return {
    encoder: parts.imageEncoder.id,
    answer: parts.answerModel.id,
    critic: parts.critic.version,
    knowledge: await parts.store.version(),
  };
}
