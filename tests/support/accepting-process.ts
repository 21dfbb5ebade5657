/**
 * A process for tests to kill: opens the embedded database of a folder, then accepts and answers questions and records
 * feedback without end, printing each id once it is acknowledged.
 */
import { openDatabase } from "../../src/adapters/prisma/database.ts";
import { createLedger } from "../../src/adapters/prisma/ledger.ts";
import { answer, decodedImage, entityRecord, judgedCandidates } from "./replies.ts";

const database = await openDatabase({ folder: process.argv[2]! });
await database.migrate();
const ledger = createLedger(database.client);
const candidates = judgedCandidates([entityRecord("a", "A"), entityRecord("b", "B")]);
const asker = { tenant: "t", pseudonym: "p" };
console.log("open");
for (let number = Number(process.argv[3] ?? 0); ; number++) {
  const id = `question-${number}`;
  const bytes = new TextEncoder().encode(id);
  const conversation = { id: `c-${number}`, tenant: "t", imageSha256: null, entityId: null, turns: 0 };
  const question = { id, text: "?", asker, platform: "cli" as const, image: { bytes } };
  await ledger.accept(question, conversation);
  console.log(`accepted ${id}`);
  await ledger.complete(question, conversation, answer(id, conversation.id, candidates), decodedImage(bytes));
  console.log(`completed ${id}`);
  await ledger.recordFeedback(id, asker, { verdict: "helpful" });
  console.log(`judged ${id}`);
}
