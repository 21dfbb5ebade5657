import { beforeAll, describe, expect, it } from "vitest";
import type { Conversation, Question } from "../../src/domain/question.ts";
import type { Abstention } from "../../src/domain/reply.ts";
import type { KnowledgeStore, Ledger } from "../../src/ports.ts";
import { answer, decodedImage, entityRecord, judgedCandidates } from "../support/replies.ts";

const RECORDS = [entityRecord("country:td", "Chad"), entityRecord("country:ro", "Romania")];
const CANDIDATES = judgedCandidates(RECORDS);
const bytes = (text: string) => new TextEncoder().encode(text);

/** What every Ledger must do. `knowledge` is the store whose entities the replies name. */
export function ledgerContract(open: () => Promise<{ ledger: Ledger; knowledge: KnowledgeStore }>): void {
  let ledger: Ledger;
  beforeAll(async () => {
    const opened = await open();
    ledger = opened.ledger;
    for (const record of RECORDS) await opened.knowledge.put(record);
  });

  // Every test has people, conversations and pictures of its own, so that none needs an empty database.
  let number = 0;
  const fresh = (what: string) => `${what}-${++number}`;
  const newPerson = (tenant = fresh("guild")) => ({ tenant, pseudonym: fresh("person") });
  const question = (asker: Question["asker"], more: Partial<Question> = {}): Question => {
    return { id: fresh("question"), text: "Which money?", asker, platform: "discord", ...more };
  };
  const begun = (asker: Question["asker"], id = fresh("conversation")): Conversation => {
    return { id, tenant: asker.tenant, imageSha256: null, entityId: null, turns: 0 };
  };

  /** A question with a picture, accepted and answered. */
  async function ask(asker: Question["asker"], image: Uint8Array, conversation = begun(asker)) {
    const asked = question(asker, { image: { bytes: image } });
    const decoded = decodedImage(image);
    const after = {
      ...conversation,
      imageSha256: decoded.sha256,
      entityId: "country:td",
      turns: conversation.turns + 1,
    };
    const reply = answer(asked.id, conversation.id, CANDIDATES);
    expect(await ledger.accept(asked, conversation)).toBe(true);
    await ledger.complete(asked, conversation, reply, decoded);
    return { asked, after, reply, decoded };
  }

  describe("accepting", () => {
    it("takes a question once", async () => {
      const asker = newPerson();
      const asked = question(asker);
      expect(await ledger.accept(asked, begun(asker))).toBe(true);
      expect(await ledger.accept(asked, begun(asker))).toBe(false);
    });

    it("takes a platform's event once, even at the same moment", async () => {
      const asker = newPerson();
      const platformEventId = fresh("event");
      const results = await Promise.all(
        [1, 2, 3, 4].map(() => ledger.accept(question(asker, { platformEventId }), begun(asker))),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it("tells events of different platforms and tenants apart, and takes questions without one", async () => {
      const asker = newPerson();
      const platformEventId = fresh("event");
      const other = newPerson();
      expect(await ledger.accept(question(asker, { platformEventId }), begun(asker))).toBe(true);
      expect(await ledger.accept(question(asker, { platformEventId, platform: "slack" }), begun(asker))).toBe(
        true,
      );
      expect(await ledger.accept(question(other, { platformEventId }), begun(other))).toBe(true);
      expect(await ledger.accept(question(asker), begun(asker))).toBe(true);
      expect(await ledger.accept(question(asker), begun(asker))).toBe(true);
    });

    it("takes a question again after it failed, but from nobody else", async () => {
      const asker = newPerson();
      const asked = question(asker, { platformEventId: fresh("event") });
      await ledger.accept(asked, begun(asker));
      await ledger.fail(asked.id, "unavailable");
      const other = { ...asker, pseudonym: fresh("person") };
      expect(await ledger.accept({ ...asked, asker: other }, begun(other))).toBe(false);
      const again = { ...asked, id: fresh("question") };
      const results = await Promise.all([1, 2, 3].map(() => ledger.accept(again, begun(asker))));
      expect(results.filter(Boolean)).toHaveLength(1);
      await ledger.complete(again, begun(asker), answer(again.id, "c", CANDIDATES), null);
      expect(await ledger.accept(again, begun(asker))).toBe(false);
    });

    it("shows no answer until there is one", async () => {
      const asker = newPerson();
      const asked = question(asker);
      await ledger.accept(asked, begun(asker));
      expect(await ledger.interaction(asked.id, asker.tenant)).toBeNull();
      expect(await ledger.replyTo(asked)).toBeNull();
    });
  });

  describe("the reply to a question", () => {
    it("is found by its id and by its platform event, for its asker", async () => {
      const asker = newPerson();
      const platformEventId = fresh("event");
      const asked = question(asker, { platformEventId });
      await ledger.accept(asked, begun(asker, "c"));
      const reply = answer(asked.id, "c", CANDIDATES);
      await ledger.complete(asked, begun(asker, "c"), reply, null);
      const { platformEventId: _, ...withoutEvent } = asked;
      for (const same of [asked, withoutEvent, { ...asked, id: fresh("question") }])
        expect(await ledger.replyTo(same)).toEqual(reply);
      expect(await ledger.replyTo({ ...asked, asker: newPerson(asker.tenant) })).toBeNull();
      expect(await ledger.replyTo({ ...asked, asker: newPerson() })).toBeNull();
      expect(await ledger.replyTo({ ...asked, id: fresh("question"), platform: "slack" })).toBeNull();
    });

    it("stays as it is when another one comes", async () => {
      const asker = newPerson();
      const asked = question(asker);
      const conversation = begun(asker, "c");
      await ledger.accept(asked, conversation);
      const reply = answer(asked.id, "c", CANDIDATES);
      expect(await ledger.complete(asked, conversation, reply, null)).toBe(true);
      const other = { ...reply, text: "Something else." };
      expect(await ledger.complete(asked, conversation, other, null)).toBe(false);
      expect(await ledger.replyTo(asked)).toEqual(reply);
    });
  });

  describe("completing", () => {
    it("gives back the reply as it was, every candidate included", async () => {
      const asker = newPerson();
      const { asked, reply, decoded } = await ask(asker, bytes(fresh("picture")));
      const kept = await ledger.interaction(asked.id, asker.tenant);
      expect(kept).toEqual({
        id: asked.id,
        createdAt: expect.any(Date),
        question: "Which money?",
        reply,
        imageSha256: decoded.sha256,
      });
      expect(Math.abs(Date.now() - kept!.createdAt.getTime())).toBeLessThan(600_000);
    });

    it("gives back an abstention without image, map, evidence or candidates", async () => {
      const asker = newPerson();
      const asked = question(asker);
      const { citations: _, kind: __, ...rest } = answer(asked.id, "c", CANDIDATES);
      const reply: Abstention = {
        ...rest,
        kind: "abstention",
        reason: "nothing-relevant",
        text: "Nothing fits.",
        citations: [],
        evidence: [],
        candidates: [],
        relevanceMap: null,
        notices: [],
        conversation: "c",
      };
      await ledger.accept(asked, begun(asker, "c"));
      await ledger.complete(asked, begun(asker, "c"), reply, null);
      expect((await ledger.interaction(asked.id, asker.tenant))!.reply).toEqual(reply);
    });

    it("keeps the picture, and moves the conversation on", async () => {
      const asker = newPerson();
      const picture = bytes(fresh("picture"));
      const { after, decoded } = await ask(asker, picture);
      expect(await ledger.conversation(after.id, asker.tenant)).toEqual(after);
      expect(await ledger.image(decoded.sha256, asker.tenant)).toEqual({ bytes: picture });
      const { after: later } = await ask(asker, bytes(fresh("picture")), after);
      expect(later.turns).toBe(2);
      expect(await ledger.conversation(after.id, asker.tenant)).toEqual(later);
    });

    it("leaves the entity where it was after a follow-up that cites nothing, and drops it for a new picture", async () => {
      const asker = newPerson();
      const { after } = await ask(asker, bytes(fresh("picture")));
      const uncited = async (conversation: Conversation, picture: Uint8Array | null) => {
        const asked = question(asker, picture === null ? {} : { image: { bytes: picture } });
        await ledger.accept(asked, conversation);
        const reply = { ...answer(asked.id, conversation.id, CANDIDATES), citations: [] };
        await ledger.complete(asked, conversation, reply, picture === null ? null : decodedImage(picture));
        return ledger.conversation(conversation.id, asker.tenant);
      };
      const followed = await uncited(after, null);
      expect(followed).toEqual({ ...after, turns: 2 });
      const picture = bytes(fresh("picture"));
      expect(await uncited(followed!, picture)).toEqual({
        ...after,
        imageSha256: decodedImage(picture).sha256,
        entityId: null,
        turns: 3,
      });
    });

    it("keeps the picture's hash in a follow-up that brings none", async () => {
      const asker = newPerson();
      const { after, decoded } = await ask(asker, bytes(fresh("picture")));
      const followUp = question(asker, { conversation: after.id });
      await ledger.accept(followUp, after);
      await ledger.complete(followUp, after, answer(followUp.id, after.id, CANDIDATES), decoded);
      expect((await ledger.interaction(followUp.id, asker.tenant))!.imageSha256).toBe(decoded.sha256);
      expect(await ledger.conversation(after.id, asker.tenant)).toEqual({ ...after, turns: 2 });
    });

    it("leaves the picture behind after a follow-up that was answered without it", async () => {
      const asker = newPerson();
      const { after } = await ask(asker, bytes(fresh("picture")));
      const followUp = question(asker, { conversation: after.id });
      await ledger.accept(followUp, after);
      await ledger.complete(followUp, after, answer(followUp.id, after.id, CANDIDATES), null);
      expect((await ledger.interaction(followUp.id, asker.tenant))!.imageSha256).toBeNull();
      const moved = await ledger.conversation(after.id, asker.tenant);
      expect(moved).toMatchObject({ imageSha256: null, turns: 2 });
      expect(moved!.entityId).not.toBeNull();
    });

    it("never changes what is kept", async () => {
      const asker = newPerson();
      const { asked, reply, decoded } = await ask(asker, bytes(fresh("picture")));
      await ledger.complete(asked, begun(asker), { ...reply, text: "Changed." }, decoded);
      await ledger.fail(asked.id, "busy");
      expect((await ledger.interaction(asked.id, asker.tenant))!.reply).toEqual(reply);
    });

    it("may follow a failure", async () => {
      const asker = newPerson();
      const asked = question(asker);
      await ledger.accept(asked, begun(asker));
      await ledger.fail(asked.id, "busy");
      await ledger.complete(asked, begun(asker), answer(asked.id, "c", CANDIDATES), null);
      expect(await ledger.interaction(asked.id, asker.tenant)).not.toBeNull();
    });

    it("says so when the question is not kept, and then keeps nothing", async () => {
      const asker = newPerson();
      const asked = question(asker, { image: { bytes: bytes(fresh("picture")) } });
      const decoded = decodedImage(asked.image!.bytes);
      await expect(
        ledger.complete(asked, begun(asker), answer(asked.id, "c", CANDIDATES), decoded),
      ).rejects.toMatchObject({ name: "RoraError", code: "not-found" });
      expect(await ledger.image(decoded.sha256, asker.tenant)).toBeNull();
    });

    it("takes characters a database refuses, and very long text", async () => {
      const asker = newPerson();
      const asked = question(asker, { text: `a\u0000b \ud800 ${"långt ".repeat(50_000)}` });
      const reply = {
        ...answer(asked.id, "c", CANDIDATES),
        text: "x\u0000y",
        notices: [{ kind: "animated" as const, text: "\u0000\udfff" }],
      };
      await ledger.accept(asked, begun(asker));
      await ledger.complete(asked, begun(asker), reply, null);
      const kept = await ledger.interaction(asked.id, asker.tenant);
      expect(kept!.question).toBe(asked.text.replace("\u0000", "").replace("\ud800", "\ufffd"));
      expect(kept!.reply).toMatchObject({ text: "xy", notices: [{ kind: "animated", text: "\ufffd" }] });
    });

    it("keeps pictures of some megabytes whole", async () => {
      const asker = newPerson();
      const picture = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 31 + (index >> 8)) % 256);
      const { decoded } = await ask(asker, picture);
      const kept = await ledger.image(decoded.sha256, asker.tenant);
      expect(Buffer.compare(Buffer.from(kept!.bytes), Buffer.from(picture))).toBe(0);
    });
  });

  it("shows a tenant nothing of another's", async () => {
    const asker = newPerson();
    const { asked, after, decoded } = await ask(asker, bytes(fresh("picture")));
    const stranger = newPerson();
    expect(await ledger.interaction(asked.id, stranger.tenant)).toBeNull();
    expect(await ledger.conversation(after.id, stranger.tenant)).toBeNull();
    expect(await ledger.image(decoded.sha256, stranger.tenant)).toBeNull();
    expect(await ledger.recordFeedback(asked.id, stranger, { verdict: "unhelpful" })).toBe(false);
    const namesake = { tenant: stranger.tenant, pseudonym: asker.pseudonym };
    expect(await ledger.exportPerson(namesake)).toMatchObject({ interactions: [], feedback: [], images: [] });
    expect(await ledger.erasePerson(namesake)).toBe(0);
    expect(await ledger.interaction(asked.id, asker.tenant)).not.toBeNull();
  });

  it("keeps a conversation of the same name in two tenants apart", async () => {
    const [one, two] = [newPerson(), newPerson()];
    const id = fresh("conversation");
    const first = await ask(one, bytes(fresh("picture")), begun(one, id));
    const second = await ask(two, bytes(fresh("picture")), begun(two, id));
    expect(await ledger.conversation(id, one.tenant)).toEqual(first.after);
    expect(await ledger.conversation(id, two.tenant)).toEqual(second.after);
  });

  describe("feedback", () => {
    type Exported = { feedback: Record<string, unknown>[]; interactions: unknown[]; images: unknown[] };
    const exported = async (person: Question["asker"]) => (await ledger.exportPerson(person)) as Exported;

    it("keeps all that was said, and whether the asker said it", async () => {
      const asker = newPerson();
      const other = newPerson(asker.tenant);
      const { asked } = await ask(asker, bytes(fresh("picture")));
      const said = {
        verdict: "unhelpful" as const,
        reason: "wrong-entity" as const,
        correctEntityId: "country:ro",
        correctedAnswer: "The leu.",
        comment: "It is \u0000Romania's flag.",
      };
      const evidence = [
        { label: 1, relevant: false },
        { label: 2, relevant: true },
        { label: 2, relevant: false },
        { label: 77, relevant: true },
      ];
      expect(await ledger.recordFeedback(asked.id, asker, { ...said, evidence })).toBe(true);
      expect(await ledger.recordFeedback(asked.id, other, { verdict: "helpful" })).toBe(true);
      expect((await exported(asker)).feedback).toMatchObject([
        {
          ...said,
          comment: "It is Romania's flag.",
          isAsker: true,
          supersededAt: null,
          evidenceVotes: [
            { label: 1, relevant: false },
            { label: 2, relevant: false },
          ],
        },
      ]);
      expect((await exported(other)).feedback).toMatchObject([
        { verdict: "helpful", isAsker: false, reason: null },
      ]);
    });

    it("has one current verdict a person, and keeps the earlier ones", async () => {
      const asker = newPerson();
      const { asked } = await ask(asker, bytes(fresh("picture")));
      await ledger.recordFeedback(asked.id, asker, { verdict: "helpful" });
      await ledger.recordFeedback(asked.id, asker, { verdict: "unhelpful", reason: "wrong-fact" });
      const { feedback } = await exported(asker);
      expect(feedback).toMatchObject([
        { verdict: "helpful", supersededAt: expect.any(Date) },
        { verdict: "unhelpful", supersededAt: null },
      ]);
    });

    it("still has one when several come at once", async () => {
      const asker = newPerson();
      const { asked } = await ask(asker, bytes(fresh("picture")));
      await Promise.all(
        [1, 2, 3, 4, 5].map(() => ledger.recordFeedback(asked.id, asker, { verdict: "helpful" })),
      );
      const { feedback } = await exported(asker);
      expect(feedback).toHaveLength(5);
      expect(feedback.filter((verdict) => verdict.supersededAt === null)).toHaveLength(1);
    });

    it("can be taken back while it is the current one and nothing more was said", async () => {
      const [asker, other] = [newPerson(), newPerson()];
      const { asked } = await ask(asker, bytes(fresh("picture")));
      const rater = { ...other, tenant: asker.tenant };
      const current = async () =>
        (await exported(rater)).feedback.filter((verdict) => verdict.supersededAt === null).length;
      await ledger.recordFeedback(asked.id, rater, { verdict: "helpful" });
      expect(await ledger.withdrawFeedback(asked.id, rater, "unhelpful")).toBe(false);
      expect(await ledger.withdrawFeedback(asked.id, asker, "helpful")).toBe(false);
      expect(await current()).toBe(1);
      expect(await ledger.withdrawFeedback(asked.id, rater, "helpful")).toBe(true);
      expect(await current()).toBe(0);
      await ledger.recordFeedback(asked.id, rater, { verdict: "unhelpful", correctedAnswer: "Lima" });
      expect(await ledger.withdrawFeedback(asked.id, rater, "unhelpful")).toBe(false);
      expect(await current()).toBe(1);
    });

    it("is refused for an unknown interaction", async () => {
      expect(await ledger.recordFeedback("no such \u0000 thing", newPerson(), { verdict: "helpful" })).toBe(
        false,
      );
    });
  });

  describe("a person's data", () => {
    it("are shown whole, and as JSON", async () => {
      const asker = newPerson();
      const picture = bytes(fresh("picture"));
      const { asked, decoded } = await ask(asker, picture);
      const person = JSON.parse(JSON.stringify(await ledger.exportPerson(asker)));
      expect(person).toMatchObject({
        ...asker,
        trainingAllowed: false,
        interactions: [{ id: asked.id, question: "Which money?", candidates: { length: CANDIDATES.length } }],
        images: [{ sha256: decoded.sha256, base64: Buffer.from(picture).toString("base64") }],
      });
    });

    it("go when erased: questions, answers, verdicts, conversations and pictures", async () => {
      const asker = newPerson();
      const other = newPerson(asker.tenant);
      const first = await ask(asker, bytes(fresh("picture")));
      const second = await ask(asker, bytes(fresh("picture")));
      const others = await ask(other, bytes(fresh("picture")));
      await ledger.recordFeedback(first.asked.id, other, { verdict: "unhelpful" });
      await ledger.recordFeedback(others.asked.id, asker, { verdict: "helpful" });
      await ledger.accept(question(asker), begun(asker));

      expect(await ledger.erasePerson(asker)).toBe(3);
      for (const { asked, after, decoded } of [first, second]) {
        expect(await ledger.interaction(asked.id, asker.tenant)).toBeNull();
        expect(await ledger.conversation(after.id, asker.tenant)).toBeNull();
        expect(await ledger.image(decoded.sha256, asker.tenant)).toBeNull();
      }
      expect(await ledger.exportPerson(asker)).toMatchObject({ interactions: [], feedback: [], images: [] });
      expect(await ledger.exportPerson(other)).toMatchObject({ interactions: { length: 1 }, feedback: [] });
      expect(await ledger.interaction(others.asked.id, asker.tenant)).not.toBeNull();
      expect(await ledger.image(others.decoded.sha256, asker.tenant)).not.toBeNull();
      expect(await ledger.erasePerson(asker)).toBe(0);
    });

    it("go without the picture that somebody else posted too", async () => {
      const asker = newPerson();
      const other = newPerson(asker.tenant);
      const picture = bytes(fresh("picture"));
      const { decoded } = await ask(asker, picture);
      await ask(other, picture);
      await ledger.erasePerson(asker);
      expect(await ledger.image(decoded.sha256, asker.tenant)).toEqual({ bytes: picture });
      await ledger.erasePerson(other);
      expect(await ledger.image(decoded.sha256, asker.tenant)).toBeNull();
    });

    it("leave others' part of a conversation, without the picture", async () => {
      const asker = newPerson();
      const other = newPerson(asker.tenant);
      const { after, decoded } = await ask(asker, bytes(fresh("picture")));
      const followUp = question(other, { conversation: after.id });
      await ledger.accept(followUp, after);
      await ledger.complete(followUp, after, answer(followUp.id, after.id, CANDIDATES), decoded);
      await ledger.erasePerson(asker);
      expect(await ledger.conversation(after.id, asker.tenant)).toEqual({
        ...after,
        turns: 2,
        imageSha256: null,
      });
      expect(await ledger.image(decoded.sha256, asker.tenant)).toBeNull();
      expect(await ledger.interaction(followUp.id, asker.tenant)).not.toBeNull();
    });

    it("do not come back when an answer is finished after the erasure", async () => {
      const asker = newPerson();
      const asked = question(asker, { image: { bytes: bytes(fresh("picture")) } });
      const decoded = decodedImage(asked.image!.bytes);
      await ledger.accept(asked, begun(asker));
      await ledger.erasePerson(asker);
      const late = ledger.complete(asked, begun(asker), answer(asked.id, "c", CANDIDATES), decoded);
      await expect(late).rejects.toMatchObject({ code: "not-found" });
      expect(await ledger.image(decoded.sha256, asker.tenant)).toBeNull();
    });
  });
}
