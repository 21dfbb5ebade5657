import { expect, it } from "vitest";
import { createLedger } from "../../src/adapters/prisma/ledger.ts";
import { createPeopleBook } from "../../src/adapters/prisma/people-book.ts";
import type { Asker } from "../../src/domain/question.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { answer, decodedImage, entityRecord, judgedCandidates } from "../support/replies.ts";

const fresh = () => crypto.randomUUID();
const newPerson = (tenant: string = fresh()): Asker => ({ tenant, pseudonym: fresh() });
const CANDIDATES = judgedCandidates([
  entityRecord("country:td", "Chad"),
  entityRecord("country:ro", "Romania"),
]);

describeOnEachDatabase("people", (open) => {
  async function books() {
    const { client } = await open();
    return { ledger: createLedger(client), people: createPeopleBook(client) };
  }
  /** Asked and answered; resolves to the interaction's id. */
  async function ask(asker: Asker, picture: string) {
    const { ledger } = await books();
    const image = { bytes: new TextEncoder().encode(picture) };
    const question = { id: fresh(), text: "?", asker, platform: "discord" as const, image };
    const begun = { id: fresh(), tenant: asker.tenant, imageSha256: null, entityId: null, turns: 0 };
    await ledger.accept(question, begun);
    await ledger.complete(
      question,
      begun,
      answer(question.id, begun.id, CANDIDATES),
      decodedImage(image.bytes),
    );
    return question.id;
  }

  it("are told how much is kept of them, in each tenant, and of nobody else", async () => {
    const { ledger, people } = await books();
    const [one, other] = [newPerson(), newPerson()];
    const picture = fresh();
    const before = Date.now() - 60_000;
    const first = await ask(one, picture);
    await ask(one, picture);
    const others = await ask({ tenant: one.tenant, pseudonym: fresh() }, fresh());
    await ledger.recordFeedback(first, one, { verdict: "helpful" });
    await ledger.recordFeedback(first, one, { verdict: "unhelpful" });
    await ledger.recordFeedback(others, one, { verdict: "helpful" });
    await ask(other, fresh());
    const kept = await people.kept([one, other, newPerson(one.tenant)]);
    expect(kept).toMatchObject([
      { asker: one, questions: 2, pictures: 1, verdicts: 2, trainingAllowed: false },
      { asker: other, questions: 1, pictures: 1, verdicts: 0 },
    ]);
    expect(kept[0]!.since!.getTime()).toBeGreaterThan(before);
    expect(await people.tenants()).toEqual(expect.arrayContaining([one.tenant, other.tenant]));
  });

  it("give their word on training and take it back, and erasing takes it back as well", async () => {
    const { ledger, people } = await books();
    const asker = newPerson();
    const allowed = async () => (await people.kept([asker]))[0]?.trainingAllowed;
    await people.allowTraining(asker, true);
    expect(await allowed()).toBe(true);
    expect(await ledger.exportPerson(asker)).toMatchObject({ trainingAllowed: true });
    await people.allowTraining(asker, false);
    expect(await allowed()).toBe(false);
    await people.allowTraining(asker, true);
    await ledger.erasePerson(asker);
    expect(await people.kept([asker])).toEqual([]);
  });

  it("are remembered by when they asked on a platform", async () => {
    const { people } = await books();
    const asker = newPerson();
    await ask(asker, fresh());
    const anHourAgo = new Date(Date.now() - 3_600_000);
    const mine = async (platform: "discord" | "slack", date: Date) =>
      (await people.askedSince(platform, date)).filter((one) => one.asker.pseudonym === asker.pseudonym);
    expect(await mine("discord", anHourAgo)).toMatchObject([{ asker }]);
    expect(await mine("slack", anHourAgo)).toEqual([]);
    expect(await mine("discord", new Date(Date.now() + 3_600_000))).toEqual([]);
  });

  it("see their own latest questions that were answered, latest first", async () => {
    const { ledger, people } = await books();
    const me = newPerson();
    const begun = { id: fresh(), tenant: me.tenant, imageSha256: null, entityId: null, turns: 0 };
    const accept = async (text: string) => {
      const question = { id: fresh(), text, asker: me, platform: "slack" as const };
      await ledger.accept(question, begun);
      return question;
    };
    for (const text of ["first", "second", "third"]) {
      const question = await accept(text);
      await ledger.complete(question, begun, answer(question.id, begun.id, CANDIDATES), null);
    }
    await accept("not answered yet");
    const recent = await people.recentQuestions(me, 2);
    expect(recent.map(({ question }) => question)).toEqual(["third", "second"]);
    expect(recent[0]).toMatchObject({ answer: "The Central African CFA franc.", askedAt: expect.any(Date) });
    expect(await people.recentQuestions({ ...me, pseudonym: "somebody else" }, 2)).toEqual([]);
    expect(await people.recentQuestions({ ...me, tenant: "another" }, 2)).toEqual([]);
  });
});
