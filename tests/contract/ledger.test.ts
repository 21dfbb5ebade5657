import { expect, it } from "vitest";
import { createKnowledgeStore } from "../../src/adapters/prisma/knowledge-store.ts";
import { createLedger } from "../../src/adapters/prisma/ledger.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { answer, decodedImage, entityRecord, judgedCandidates } from "../support/replies.ts";
import { ledgerContract } from "./ledger.contract.ts";

describeOnEachDatabase("ledger", (openDatabase) => {
  ledgerContract(async () => {
    const { client } = await openDatabase();
    return { ledger: createLedger(client), knowledge: createKnowledgeStore(client) };
  });
});

describeOnEachDatabase("what retraining finds in the ledger", (openDatabase) => {
  const asker = { tenant: "retraining", pseudonym: "someone" };
  const bytes = new TextEncoder().encode("a picture");
  const conversation = { id: "c", tenant: asker.tenant, imageSha256: null, entityId: null, turns: 0 };

  it("is every candidate with its scores, place in the prompt and kept patches, in words that no longer change", async () => {
    const { client } = await openDatabase();
    const knowledge = createKnowledgeStore(client);
    const ledger = createLedger(client);
    const records = [entityRecord("x:1", "One"), entityRecord("x:2", "Two")];
    for (const record of records) await knowledge.put(record);
    const candidates = judgedCandidates(records);
    const question = { id: "q", text: "?", asker, platform: "web" as const, image: { bytes } };
    await ledger.accept(question, conversation);
    await ledger.complete(question, conversation, answer("q", "c", candidates), decodedImage(bytes));
    const after = (await ledger.conversation("c", asker.tenant))!;
    const second = { ...question, id: "q2" };
    await ledger.accept(second, after);
    await ledger.complete(second, after, answer("q2", "c", candidates), decodedImage(bytes));
    await knowledge.put({ ...records[0]!, images: [], passages: [] });

    const rows = await client.candidate.findMany({
      where: { interactionId: "q" },
      include: { snapshot: true },
      orderBy: { rank: "asc" },
    });
    expect(rows.map((row) => [row.rank, row.shown, row.label, row.cited, row.keptPatches])).toEqual([
      [1, true, 2, true, [0, 3, 5]],
      [2, false, null, false, []],
      [3, true, 1, false, []],
      [4, false, null, false, []],
    ]);
    expect(rows[0]).toMatchObject({
      imageScore: 0.9,
      marginScore: 0.05,
      imageRank: 1,
      textScore: 0.5,
      lexicalScore: null,
      patchScore: 0.125,
      relevance: 0.9,
      entityImageSha256: records[0]!.images[0]!.sha256,
      snapshot: { title: "One", text: "Money of One.", passageId: "x:1#money" },
    });
    expect(await client.knowledgeSnapshot.count({ where: { entityId: { startsWith: "x:" } } })).toBe(4);
    expect(await client.interaction.findUnique({ where: { id: "q2" } })).toMatchObject({
      turn: 1,
      imagePosted: true,
      imagePerceptualHash: "00ff00ff00ff00ff",
      imageWidth: 640,
      encoderModel: "encoder-1",
      knowledgeVersion: "abc",
      generateMs: 7,
      mapKept: [2, 3, 4],
    });
    // The entity has no picture any more, but the answer still shows the one it was given with.
    const kept = await ledger.interaction("q", asker.tenant);
    expect(kept!.reply.evidence[1]!.entityImage).toEqual(records[0]!.images[0]);
  });

  it("is consent that nobody has given until they do", async () => {
    const { client } = await openDatabase();
    const tenant = await client.tenantPolicy.create({ data: { tenant: "some guild" } });
    const person = await client.personConsent.create({
      data: { tenant: "some guild", pseudonym: "someone" },
    });
    expect([tenant.trainingAllowed, person.trainingAllowed]).toEqual([false, false]);
  });
});

describeOnEachDatabase("a question that several processes are asked", (openDatabase) => {
  const asker = { tenant: "held", pseudonym: "someone" };
  const conversation = { id: "c", tenant: asker.tenant, imageSha256: null, entityId: null, turns: 0 };
  const ask = (id: string) => ({ id, text: "?", asker, platform: "web" as const });
  /** Two ledgers of one database stand for two processes. */
  async function open() {
    const { client } = await openDatabase();
    const expire = (id: string) =>
      client.interaction.update({ where: { id }, data: { heldUntil: new Date(Date.now() - 60_000) } });
    return { client, expire, mine: createLedger(client), other: createLedger(client) };
  }

  it("belongs to the one that accepted it for as long as that holds it", async () => {
    const { client, expire, mine, other } = await open();
    const question = ask("held-1");
    expect(await mine.accept(question, conversation)).toBe(true);
    expect(await other.accept(question, conversation)).toBe(false);
    await expire(question.id);
    await mine.hold(question.id);
    expect(await other.accept(question, conversation)).toBe(false);
    const { heldUntil } = (await client.interaction.findUnique({ where: { id: question.id } }))!;
    expect(heldUntil!.getTime()).toBeGreaterThan(Date.now());
  });

  it("may be taken over when it is no longer held, by one of those that try", async () => {
    const { expire, mine, other } = await open();
    const question = ask("held-2");
    await mine.accept(question, conversation);
    await expire(question.id);
    const results = await Promise.all(
      [other, other, other].map((ledger) => ledger.accept(question, conversation)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it("is no longer the first one's to hold or to give up once it was taken over", async () => {
    const { client, expire, mine, other } = await open();
    const question = ask("held-3");
    await mine.accept(question, conversation);
    await expire(question.id);
    await other.accept(question, conversation);
    const before = await client.interaction.findUnique({ where: { id: question.id } });
    await mine.hold(question.id);
    await mine.fail(question.id, "aborted");
    expect(await client.interaction.findUnique({ where: { id: question.id } })).toEqual(before);
    expect(await mine.accept(question, conversation)).toBe(false);
  });

  it("has the reply of whoever was first, kept once", async () => {
    const { client, expire, mine, other } = await open();
    const records = [entityRecord("x:1", "One"), entityRecord("x:2", "Two")];
    for (const record of records) await createKnowledgeStore(client).put(record);
    const begun = { ...conversation, id: "c-of-the-first" };
    const reply = answer("held-4", begun.id, judgedCandidates(records));
    const question = ask("held-4");
    await mine.accept(question, begun);
    await expire(question.id);
    await other.accept(question, conversation);
    expect(await mine.complete(question, begun, reply, null)).toBe(true);
    expect(await other.complete(question, conversation, { ...reply, text: "Later." }, null)).toBe(false);
    const kept = (await other.replyTo(question))!;
    expect([kept.text, kept.conversation]).toEqual([reply.text, begun.id]);
    expect(await other.conversation(kept.conversation, asker.tenant)).not.toBeNull();
    expect(await client.candidate.count({ where: { interactionId: question.id } })).toBe(
      reply.candidates.length,
    );
    const row = await client.interaction.findUnique({ where: { id: question.id } });
    expect(row).toMatchObject({ holder: null, heldUntil: null, status: "completed" });
  });
});
