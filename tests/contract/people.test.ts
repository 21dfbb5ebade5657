import { expect, it } from "vitest";
import { createEventBook } from "../../src/adapters/prisma/event-book.ts";
import { createLedger } from "../../src/adapters/prisma/ledger.ts";
import { createPersonBook } from "../../src/adapters/prisma/person-book.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { answer, entityRecord, judgedCandidates } from "../support/replies.ts";

const fresh = () => crypto.randomUUID();

describeOnEachDatabase("events", (open) => {
  it("are new once, even at the same moment, and on each platform by itself", async () => {
    const events = createEventBook((await open()).client);
    const id = fresh();
    const taken = await Promise.all([1, 2, 3].map(() => events.first("slack", id)));
    expect(taken.sort()).toEqual([false, false, true]);
    expect(await events.first("discord", id)).toBe(true);
  });

  it("are forgotten when they are old enough", async () => {
    const events = createEventBook((await open()).client);
    const id = fresh();
    await events.first("slack", id);
    await events.forget(new Date(Date.now() - 60_000));
    expect(await events.first("slack", id)).toBe(false);
    expect(await events.forget(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
    expect(await events.first("slack", id)).toBe(true);
  });
});

describeOnEachDatabase("people", (open) => {
  const asker = () => ({ tenant: fresh(), pseudonym: "somebody" });

  it("see their own latest questions that were answered, latest first", async () => {
    const { client } = await open();
    const [people, ledger] = [createPersonBook(client), createLedger(client)];
    const me = asker();
    const conversation = { id: fresh(), tenant: me.tenant, imageSha256: null, entityId: null, turns: 0 };
    const candidates = judgedCandidates([entityRecord("x:1", "One"), entityRecord("x:2", "Two")]);
    const ask = async (text: string, who = me) => {
      const question = { id: fresh(), text, asker: who, platform: "slack" as const };
      await ledger.accept(question, conversation);
      return question;
    };
    for (const text of ["first", "second", "third"]) {
      const question = await ask(text);
      await ledger.complete(question, conversation, answer(question.id, conversation.id, candidates), null);
    }
    await ask("not answered yet");
    const recent = await people.recentQuestions(me, 2);
    expect(recent.map(({ question }) => question)).toEqual(["third", "second"]);
    expect(recent[0]).toMatchObject({ answer: "The Central African CFA franc.", askedAt: expect.any(Date) });
    expect(await people.recentQuestions({ ...me, pseudonym: "somebody else" }, 2)).toEqual([]);
    expect(await people.recentQuestions({ ...me, tenant: "another" }, 2)).toEqual([]);
  });

  it("have not agreed to training unless they said so, each tenant by itself, and can take it back", async () => {
    const { client } = await open();
    const people = createPersonBook(client);
    const me = asker();
    expect(await people.allowsTraining(me)).toBe(false);
    await people.allowTraining(me, true);
    expect(await people.allowsTraining(me)).toBe(true);
    expect(await people.allowsTraining({ ...me, tenant: "another" })).toBe(false);
    await people.allowTraining(me, false);
    expect(await people.allowsTraining(me)).toBe(false);
    await people.allowTraining(me, true);
    await createLedger(client).erasePerson(me);
    expect(await people.allowsTraining(me)).toBe(false);
  });
});
