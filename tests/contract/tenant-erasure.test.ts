import { expect, it } from "vitest";
import { createPgvectorIndex } from "../../src/adapters/pgvector/pgvector-index.ts";
import type { Database } from "../../src/adapters/prisma/database.ts";
import { createKnowledgeStore } from "../../src/adapters/prisma/knowledge-store.ts";
import { createLedger } from "../../src/adapters/prisma/ledger.ts";
import { createPostBook } from "../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../src/adapters/prisma/settings-store.ts";
import { DEFAULT_CHAT_SETTINGS } from "../../src/domain/settings.ts";
import { eraseTenant } from "../../src/tenant-erasure.ts";
import { describeOnEachDatabase } from "../support/databases.ts";
import { answer, decodedImage, entityRecord, judgedCandidates } from "../support/replies.ts";

const fresh = () => crypto.randomUUID();
const SPACE = { encoderId: "test", dimension: 2 };

function openParts({ client, sql }: Database) {
  return {
    ledger: createLedger(client),
    store: createKnowledgeStore(client),
    index: createPgvectorIndex(sql),
    posts: createPostBook(client),
    settings: createSettingsStore(client),
  };
}
type Parts = ReturnType<typeof openParts>;

const asker = (tenant: string) => ({ tenant, pseudonym: "someone" });
const begun = (tenant: string, id: string) => ({ id, tenant, imageSha256: null, entityId: null, turns: 0 });

/** A question about a picture that is being answered; `finish` keeps its reply, which shows what the tenant was taught. */
async function openQuestion({ ledger }: Parts, tenant: string) {
  const [id, conversation] = [fresh(), fresh()];
  const bytes = new TextEncoder().encode(`picture of ${id}`);
  const question = { id, text: "?", asker: asker(tenant), platform: "slack" as const, image: { bytes } };
  const candidates = judgedCandidates([taught(tenant), entityRecord(`public:${tenant}`, "Public")]);
  await ledger.accept(question, begun(tenant, conversation));
  const reply = answer(id, conversation, candidates);
  return {
    id,
    sha256: decodedImage(bytes).sha256,
    finish: () => ledger.complete(question, begun(tenant, conversation), reply, decodedImage(bytes)),
  };
}

const taught = (tenant: string) => entityRecord(`taught:${tenant}:thing`, "Thing", { tenant });

/** A tenant of which everything is kept that can be. */
async function furnish(parts: Parts, tenant: string) {
  const { ledger, store, index, posts, settings } = parts;
  const record = taught(tenant);
  await store.put(record);
  await store.put(entityRecord(`public:${tenant}`, "Public"));
  const { id: imageId, entityId } = record.images[0]!;
  const embedding = Float32Array.of(1, 0);
  await index.put([{ imageId, entityId, tenant, embedding }], []);
  const { id, sha256, finish } = await openQuestion(parts, tenant);
  await finish();
  await ledger.recordFeedback(id, asker(tenant), { verdict: "helpful", evidence: [] });
  await posts.open({
    interactionId: id,
    platform: "slack",
    eventId: fresh(),
    tenant,
    channel: "C",
    questionMessage: "1",
    answerMessage: null,
    conversation: null,
  });
  await settings.put(tenant, { ...DEFAULT_CHAT_SETTINGS, trainingAllowed: true });
  return { id, sha256, entityId };
}

/** Rows of every table that names a tenant, and the bytes of its pictures. */
async function countRows({ sql }: Database, tenant: string): Promise<number> {
  const tables = await sql.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where column_name = 'tenant' and table_schema = current_schema()`,
  );
  expect(tables.length).toBeGreaterThan(8);
  const counts = await Promise.all(
    tables.map(({ name }) =>
      sql.query<{ rows: number }>(`select count(*)::int as rows from "${name}" where tenant = $1`, [tenant]),
    ),
  );
  const pictures = await sql.query<{ rows: number }>(
    `select count(*)::int as rows from "Picture" where sha256 = $1`,
    [taught(tenant).images[0]!.sha256],
  );
  return [...counts.flat(), ...pictures].reduce((sum, { rows }) => sum + rows, 0);
}

describeOnEachDatabase("erasing a tenant", (open) => {
  async function openAll() {
    const database = await open();
    const parts = openParts(database);
    await parts.index.prepare(SPACE);
    return { database, parts };
  }

  it("leaves nothing of it in any table, and all of another one's", async () => {
    const { database, parts } = await openAll();
    const [gone, staying] = [`slack:${fresh()}`, `slack:${fresh()}`];
    const { entityId } = await furnish(parts, gone);
    const kept = await furnish(parts, staying);
    const before = await countRows(database, staying);
    expect(await countRows(database, gone)).toBe(before);

    expect(await eraseTenant(gone, parts)).toBe(1);
    expect(await countRows(database, gone)).toBe(0);
    expect(await parts.store.entities([entityId, `public:${gone}`])).toHaveLength(1);
    expect(await countRows(database, staying)).toBe(before);
    expect(await parts.ledger.interaction(kept.id, staying)).not.toBeNull();
    expect(await parts.ledger.image(kept.sha256, staying)).not.toBeNull();
    expect(await eraseTenant(gone, parts)).toBe(0);
  });

  it("keeps nothing of a question that was being answered", async () => {
    const { database, parts } = await openAll();
    const tenant = `slack:${fresh()}`;
    await furnish(parts, tenant);
    const { finish } = await openQuestion(parts, tenant);
    await eraseTenant(tenant, parts);
    await expect(finish()).rejects.toMatchObject({ code: "not-found" });
    expect(await countRows(database, tenant)).toBe(0);
  });

  it("keeps nothing of a reply that is kept at the same moment", async () => {
    const { database, parts } = await openAll();
    const tenant = `slack:${fresh()}`;
    await furnish(parts, tenant);
    const questions = await Promise.all(Array.from({ length: 8 }, () => openQuestion(parts, tenant)));
    const kept = questions.map(({ finish }) => finish().catch((fault: unknown) => fault));
    await eraseTenant(tenant, parts);
    for (const result of await Promise.all(kept))
      if (result !== true) expect(result).toMatchObject({ code: "not-found" });
    expect(await countRows(database, tenant)).toBe(0);
  });

  it("never touches what belongs to nobody", async () => {
    const { parts } = await openAll();
    await expect(eraseTenant("public", parts)).rejects.toThrow("belongs to nobody");
  });
});
