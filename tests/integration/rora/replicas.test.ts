import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReplyJson } from "../../../bots/web/schemas.ts";
import { createRemoteCore } from "../../../src/adapters/http/remote-core.ts";
import type { Question } from "../../../src/domain/question.ts";
import type { Reply } from "../../../src/domain/reply.ts";
import type { Assistant } from "../../../src/ports.ts";
import { openOnServer, type TestDatabase } from "../../support/databases.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type Program, startRora } from "../../support/program.ts";
import { type RoundRobin, startRoundRobin } from "../../support/round-robin.ts";
import { form, readEvents } from "../web/client.ts";

type Running = Program & { readonly url: string };

const TOKEN = "what-bots-and-cores-share";
/** Questions a core works on at once: more than that under way means that both do. */
const AT_ONCE = 3;
const COUNTRIES = "pl se jp de fr it es ch at be dk fi".split(" ");

/** The end of the stream, which must tell everything once and in order. */
function replyOf(body: string): ReplyJson {
  const events = readEvents(body);
  const kinds = events.map(({ event }) => event).filter((kind) => !["queued", "answer-delta"].includes(kind));
  expect(kinds).toEqual([...new Set(kinds)]);
  expect(kinds.at(-1)).toBe("answer-end");
  const reply = events.at(-1)!.data.reply as ReplyJson;
  const words = events.filter(({ event }) => event === "answer-delta").map(({ data }) => data.text);
  if (reply.kind === "answer") expect(words.join("").trim()).toBe(reply.text);
  return reply;
}

async function lastReply(assistant: Assistant, question: Question): Promise<Reply> {
  let reply: Reply | undefined;
  for await (const event of assistant.ask(question, { signal: AbortSignal.timeout(60_000) }))
    if (event.kind === "answer-end") reply = event.reply;
  return reply!;
}

function suite(server: string): void {
  let folder: string;
  let database: TestDatabase;
  let cores: Running[];
  let proxy: RoundRobin;
  let web: Running;
  const interactions = () => database.client.interaction;
  const shared = async () => {
    const [row] = await database.sql.query<{ name: string }>("select current_database() as name");
    const own = new URL(server);
    own.pathname = row!.name;
    return { DATABASE_URL: own.href, CORE_TOKEN: TOKEN, ROLE: "core", QUESTIONS_AT_ONCE: String(AT_ONCE) };
  };
  const startCore = async (name: string) => startRora({ ...(await shared()), DATA_DIR: join(folder, name) });
  const post = async (country: string) =>
    fetch(`${web.url}/api/ask`, {
      method: "POST",
      body: form({ question: "What is the capital?", image: await flagPhoto(country) }),
      headers: { accept: "text/event-stream" },
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rora-test-"));
    database = await openOnServer(server);
    // Both meet an empty database at the same moment, as they do when everything is started at once.
    cores = await Promise.all([startCore("first"), startCore("second")]);
    proxy = await startRoundRobin(cores.map(({ url }) => url));
    web = await startRora({
      ROLE: "web",
      CORE_URL: proxy.url,
      CORE_TOKEN: TOKEN,
      QUESTIONS_PER_MINUTE: "1000",
      DATA_DIR: join(folder, "none"),
    });
  }, 500_000);
  afterAll(async () => {
    for (const { child } of [web, ...(cores ?? [])]) child?.kill("SIGKILL");
    await proxy?.close();
    await database?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("the web chat is ready when its core is, and names what the core stands on", async () => {
    const response = await fetch(`${web.url}/ready`);
    expect(await response.json()).toMatchObject({
      ready: true,
      dependencies: { core: { ok: true }, database: { detail: "server" }, server: { ok: true } },
    });
  });

  it("a question asked of two cores at once is answered once, and both tell the same", async () => {
    const asker = { tenant: "web", pseudonym: "somebody" };
    const question = {
      id: randomUUID(),
      text: "What is the capital of Chad?",
      asker,
      platform: "web",
    } as const;
    const replies = await Promise.all(
      cores.map(({ url }) => lastReply(createRemoteCore({ url, token: TOKEN }).assistant, question)),
    );
    expect(replies[0]).toEqual(replies[1]);
    expect(await interactions().count({ where: { asker: "somebody" } })).toBe(1);
  });

  it("a core killed in the middle of questions loses none and doubles none", async () => {
    await interactions().deleteMany();
    const asked = COUNTRIES.map(async (country) => replyOf(await (await post(country)).text()));
    const underWay = () => interactions().findMany({ where: { status: "accepted" } });
    await expect.poll(async () => (await underWay()).length, { timeout: 60_000 }).toBeGreaterThan(AT_ONCE);
    cores[0]!.child.kill("SIGKILL");
    expect(await cores[0]!.ended).toBe("SIGKILL");
    const left = await underWay();

    const replies = await Promise.all(asked);
    const rows = await interactions().findMany();
    expect(new Set(replies.map(({ interactionId }) => interactionId)).size).toBe(COUNTRIES.length);
    expect(rows).toHaveLength(COUNTRIES.length);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["completed"]));
    for (const { interactionId, text } of replies)
      expect(rows.find(({ id }) => id === interactionId)?.text).toBe(text);
    // Some had been begun by the core that died, and were begun again by the other one.
    const acceptedAt = new Map(rows.map((row) => [row.id, row.acceptedAt.getTime()]));
    const takenOver = left.filter((row) => acceptedAt.get(row.id) !== row.acceptedAt.getTime());
    expect(takenOver.length).toBeGreaterThan(0);
    expect(proxy.connections.every((count) => count > 0)).toBe(true);
  }, 200_000);

  it("with the killed core still in the proxy's list, everything else of the page works", async () => {
    const reply = replyOf(await (await post("no")).text());
    const address = `${web.url}/api/interactions/${reply.interactionId}`;
    for (const path of [
      address,
      `${address}/relevance.png`,
      `${web.url}/api/entities?query=Chad`,
      `${web.url}/ready`,
    ])
      expect((await fetch(path)).status).toBe(200);
    const rated = await fetch(`${address}/feedback`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ verdict: "helpful" }),
    });
    expect(rated.status).toBe(204);
  }, 100_000);

  it("without any core the web chat says so in plain words, and takes up again when one is back", async () => {
    cores[1]!.child.kill("SIGTERM");
    expect(await cores[1]!.ended).toBe(0);
    const ready = await fetch(`${web.url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      dependencies: { core: { ok: false, detail: expect.stringContaining("CORE_URL") } },
    });
    const { port } = new URL(cores[1]!.url);
    cores[1] = await startRora({ ...(await shared()), DATA_DIR: join(folder, "second"), PORT: port });
    expect(replyOf(await (await post("gb")).text()).text).not.toBe("");
  }, 200_000);
}

const url = process.env.DATABASE_URL;
describe("two cores and a web chat", () => {
  if (url !== undefined) suite(url);
  else it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");
});
