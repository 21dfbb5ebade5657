import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Question } from "../../src/domain/question.ts";
import type { Reply } from "../../src/domain/reply.ts";
import type { Assistant, KnowledgeStore } from "../../src/ports.ts";
import { flagPhoto } from "../support/flag-photo.ts";

export interface AssistantPlace {
  readonly assistant: Assistant;
  /** Knows at least Romania, Chad and Andorra by their flags and money. */
  readonly knowledge: KnowledgeStore;
  /** How often a question was kept, under its id. */
  readonly kept: (questionId: string) => Promise<number>;
}

const never = new AbortController().signal;

/** What every Assistant must do, wherever it answers. */
export function assistantContract(open: () => Promise<AssistantPlace>): void {
  let place: AssistantPlace;
  let picture: Uint8Array;
  beforeAll(async () => {
    place = await open();
    picture = new Uint8Array(await (await flagPhoto("ro")).arrayBuffer());
  });

  const ask = (question: Question, signal = never) => place.assistant.ask(question, { signal });
  const newQuestion = (more: Partial<Question> = {}): Question => ({
    id: randomUUID(),
    text: "Which money do people use there?",
    asker: { tenant: "a guild/1", pseudonym: randomUUID() },
    platform: "discord",
    ...more,
  });
  async function eventsOf(question: Question): Promise<AssistantEvent[]> {
    const events: AssistantEvent[] = [];
    for await (const event of ask(question)) events.push(event);
    return events;
  }
  const replyIn = (events: readonly AssistantEvent[]): Reply => {
    const last = events.at(-1)!;
    if (last.kind !== "answer-end") throw new Error(`ended with ${last.kind}`);
    return last.reply;
  };
  const replyTo = async (question: Question) => replyIn(await eventsOf(question));
  /** What was kept may differ in the sixteenth digit. */
  const expectSame = (again: Reply, first: Reply) => {
    const round = (reply: Reply) =>
      JSON.parse(JSON.stringify(reply), (_, value) =>
        typeof value === "number" ? Number(value.toPrecision(12)) : value,
      );
    expect(round(again)).toEqual(round(first));
  };

  describe("a question", () => {
    it("is told of in this order, and its words make up the answer", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      const events = await eventsOf(question);
      const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== "answer-delta");
      expect(kinds).toEqual([
        "image-read",
        "entities-found",
        "evidence-chosen",
        "answer-start",
        "answer-end",
      ]);
      const reply = replyIn(events);
      const words = events.flatMap((event) => (event.kind === "answer-delta" ? [event.text] : []));
      expect(words.join("").trim()).toBe(reply.text);
      expect(reply).toMatchObject({ kind: "answer", interactionId: question.id });
      expect(reply.text).toContain("leu");
      expect(reply.relevanceMap!.scores).toHaveLength(reply.relevanceMap!.rows * reply.relevanceMap!.columns);
    });

    it("comes back with the entities' pictures, byte by byte, and every candidate", async () => {
      const events = await eventsOf(newQuestion({ image: { bytes: picture } }));
      const found = events.flatMap((event) => (event.kind === "entities-found" ? event.entities : []));
      const { evidence, candidates } = replyIn(events);
      expect(candidates.length).toBeGreaterThanOrEqual(evidence.length);
      const images = [...found, ...evidence, ...candidates].map(({ entityImage }) => entityImage!);
      const known = await place.knowledge.images(images.map(({ id }) => id));
      expect(images.length).toBeGreaterThan(4);
      for (const image of images) expect(image).toEqual(known.find(({ id }) => id === image.id));
    });

    it("by text alone has no picture and no map", async () => {
      const events = await eventsOf(newQuestion({ text: "Which money do people use in Chad?" }));
      expect(events.map(({ kind }) => kind)).not.toContain("image-read");
      expect(replyIn(events)).toMatchObject({ relevanceMap: null });
      expect(replyIn(events).evidence[0]!.entity.title).toBe("Chad");
    });

    it("that nothing fits is answered with not knowing", async () => {
      const reply = await replyTo(newQuestion({ text: "Qwertz uiop asdf?" }));
      expect(reply).toMatchObject({ kind: "abstention", citations: [], reason: expect.any(String) });
    });

    it("can be asked on in its conversation", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      const { conversation } = await replyTo(question);
      const { image: _, ...rest } = question;
      const followUp = await replyTo({ ...rest, id: randomUUID(), conversation });
      expect(followUp.conversation).toBe(conversation);
      expect(followUp.relevanceMap).not.toBeNull();
    });
  });

  describe("the same question again", () => {
    it("gets the same reply, and is kept once", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      const first = await replyTo(question);
      expectSame(await replyTo(question), first);
      expect(await place.kept(question.id)).toBe(1);
    });

    it("waits for the first where that is not done yet", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      const [first, second] = await Promise.all([replyTo(question), replyTo(question)]);
      expectSame(second, first);
      expect(await place.kept(question.id)).toBe(1);
    });

    it("is known by the platform's event under another id", async () => {
      const question = newQuestion({ platformEventId: randomUUID() });
      const first = await replyTo(question);
      const again = { ...question, id: randomUUID() };
      expectSame(await replyTo(again), first);
      expect(await place.kept(again.id)).toBe(0);
    });
  });

  describe("faults", () => {
    const faults: [string, Partial<Question>, string][] = [
      ["a picture that is none", { image: { bytes: new Uint8Array(99) } }, "image-unreadable"],
      ["a conversation that nobody knows", { conversation: "c-unknown" }, "not-found"],
    ];
    it.each(faults)("%s is told by its code, in a sentence, and can be put right", async (_, wrong, code) => {
      const question = newQuestion();
      await expect(eventsOf({ ...question, ...wrong })).rejects.toMatchObject({
        name: "RoraError",
        code,
        message: expect.stringMatching(/^[A-Z].*\.$/),
      });
      expect((await replyTo(question)).interactionId).toBe(question.id);
    });
  });

  describe("who no longer wants an answer", () => {
    it("gets none when they never did", async () => {
      const question = newQuestion();
      const reason = new Error("gone before");
      await expect(ask(question, AbortSignal.abort(reason))[Symbol.asyncIterator]().next()).rejects.toBe(
        reason,
      );
      expect(await place.kept(question.id)).toBe(0);
    });

    it("gets the reason of the signal, and may ask again under the same id", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      const going = new AbortController();
      const reason = new Error("gone");
      const reading = async () => {
        for await (const _ of ask(question, going.signal)) going.abort(reason);
      };
      await expect(reading()).rejects.toBe(reason);
      expect((await replyTo(question)).interactionId).toBe(question.id);
      expect(await place.kept(question.id)).toBe(1);
    });

    it("may also just stop reading", async () => {
      const question = newQuestion({ image: { bytes: picture } });
      for await (const _ of ask(question)) break;
      expect((await replyTo(question)).interactionId).toBe(question.id);
    });
  });
}
