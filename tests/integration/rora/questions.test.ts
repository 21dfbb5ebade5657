import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebApp, type WebApp } from "../../../bots/web/app.ts";
import { eventSchema, interactionSchema, type ReplyJson, replySchema } from "../../../bots/web/schemas.ts";
import { createAdmission } from "../../../src/admission.ts";
import { type Config, readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { type Core, openCore } from "../../../src/start/core.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { openOnServer } from "../../support/databases.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { ask, readEvents, refusal } from "../web/client.ts";

const log = createLog("warn");
const ADMIN_TOKEN = "the-administrators-token";
const never = new AbortController().signal;
const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";

interface Place {
  readonly environment: Record<string, string>;
  readonly remove: () => Promise<void>;
}

async function embedded(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  return { environment: { DATA_DIR: folder }, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function onServer(url: string): Promise<Place> {
  const place = await embedded();
  const database = await openOnServer(url);
  const [row] = await database.sql.query<{ name: string }>("select current_database() as name");
  const own = new URL(url);
  own.pathname = row!.name;
  return {
    environment: { ...place.environment, DATABASE_URL: own.href },
    async remove() {
      await database.remove();
      await place.remove();
    },
  };
}

/** A chequered cloth that resembles no flag. */
async function tartan(): Promise<Uint8Array<ArrayBuffer>> {
  const band = (at: number, colour: string) =>
    `<rect x="${at}" width="14" height="240" fill="${colour}" opacity=".6"/><rect y="${at}" width="240" height="14" fill="${colour}" opacity=".6"/>`;
  const bands = [10, 50, 90, 130, 170, 210].map((at, number) => band(at, number % 2 ? "#e0c040" : "#303080"));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240"><rect width="240" height="240" fill="#7a2a6a"/>${bands.join("")}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}

function suite(makePlace: () => Promise<Place>): void {
  let place: Place;
  let config: Config;
  let core: Core;
  const app = (limits: Partial<Config["limits"]> = {}): WebApp => {
    const { questionsAtOnce: atOnce, queue: queueLimit } = { ...config.limits, ...limits };
    const admission = createAdmission(core.assistant, { atOnce, queueLimit });
    return createWebApp(coreWebOptions(core, admission, config, log), never, () => false);
  };
  const client = () => core.stores.database.client;

  beforeAll(async () => {
    place = await makePlace();
    config = readConfig({
      ...place.environment,
      ADMIN_TOKEN,
      QUESTIONS_PER_MINUTE: "100000",
      REQUESTS_PER_MINUTE: "1000000",
    });
    core = await openCore(config, log, { signal: never });
  }, 300_000);
  afterAll(async () => {
    await core?.close();
    await place?.remove();
  });

  it("learns the atlas on the first start", async () => {
    expect(core.written).toBe(250);
    expect(await core.stores.index.counts()).toEqual({
      images: (await core.stores.store.counts()).images,
      passages: (await core.stores.store.counts()).passages,
    });
  });

  it("says of every part that it is ready", async () => {
    const response = await app().request("/ready");
    expect(response.status).toBe(200);
    const { dependencies } = (await response.json()) as { dependencies: Record<string, unknown> };
    expect(Object.keys(dependencies).sort()).toEqual([
      "database",
      "encoder",
      "index",
      "knowledge",
      "model",
      "server",
    ]);
  });

  it("answers a question about a picture, with what it looked at and what that rests on", async () => {
    const response = await ask(app(), { question: "What is the capital?", image: await flagPhoto("td") });
    expect(response.status).toBe(200);
    const reply = replySchema.parse(await response.json());
    const { rows, columns, scores, kept } = reply.relevanceMap!;
    expect(scores).toHaveLength(rows * columns);
    expect(kept.length).toBe(reply.visualTokens.query.kept);
    expect(reply.visualTokens.query.kept).toBeLessThan(reply.visualTokens.query.total);
    for (const { label } of reply.citations)
      expect(reply.evidence.map((item) => item.label)).toContain(label);
    expect(reply.models.encoder).toBe(core.model.imageEncoder.id);
    expect(reply.timings.total).toBeGreaterThan(0);
  });

  it("streams what happens in the order in which it happens", async () => {
    const fields = { question: "Which money do people pay with there?", image: await flagPhoto("jp") };
    const response = await ask(app(), fields, { accept: "text/event-stream" });
    const events = readEvents(await response.text()).map(({ data }) => eventSchema.parse(data));
    const order = events.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    const generated = ["answer-start", "answer-delta"];
    expect(order.filter((kind) => !generated.includes(kind))).toEqual([
      "image-read",
      "entities-found",
      "evidence-chosen",
      "answer-end",
    ]);
    if (order.includes("answer-start")) expect(order.slice(3, -1)).toEqual(generated);
  });

  it("keeps the interaction with its relevance map, and the feedback on it", async () => {
    const web = app();
    const answered = await ask(web, { question: "What is the capital?", image: await flagPhoto("fr") });
    const cookie = cookieOf(answered);
    const reply = (await answered.json()) as ReplyJson;
    const kept = await web.request(`/api/interactions/${reply.interactionId}`);
    expect(interactionSchema.parse(await kept.json()).reply.text).toBe(reply.text);
    const overlay = await web.request(`/api/interactions/${reply.interactionId}/relevance.png`);
    expect([...new Uint8Array(await overlay.arrayBuffer()).slice(1, 4)]).toEqual(
      [..."PNG"].map((letter) => letter.charCodeAt(0)),
    );

    const given = await web.request(`/api/interactions/${reply.interactionId}/feedback`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ verdict: "unhelpful", reason: "wrong-fact", correctedAnswer: "Paris" }),
    });
    expect(given.status).toBe(204);
    const [row] = await client().feedback.findMany({ where: { interactionId: reply.interactionId } });
    expect(row).toMatchObject({ correctedAnswer: "Paris" });

    const mine = await (await web.request("/api/me", { headers: { cookie } })).text();
    expect(mine).toContain(reply.interactionId);
    expect(await (await web.request("/api/me", { method: "DELETE", headers: { cookie } })).json()).toEqual({
      erased: 1,
    });
    expect((await web.request(`/api/interactions/${reply.interactionId}`)).status).toBe(404);
  });

  it("keeps the picture in a follow-up", async () => {
    const web = app();
    const first = await ask(web, { question: "What is the capital?", image: await flagPhoto("br") });
    const { conversation, interactionId } = (await first.json()) as ReplyJson;
    const second = await ask(web, { question: "And which languages?", conversation });
    const reply = replySchema.parse(await second.json());
    expect(reply.conversation).toBe(conversation);
    expect(reply.relevanceMap).not.toBeNull();
    const [one, two] = await Promise.all(
      [interactionId, reply.interactionId].map((id) => core.stores.ledger.interaction(id, "web")),
    );
    expect(two!.imageSha256).toBe(one!.imageSha256);
  });

  it("leaves the picture for a country that a follow-up names", async () => {
    const web = app();
    const first = await ask(web, { question: "What is the capital?", image: await flagPhoto("br") });
    const { conversation } = (await first.json()) as ReplyJson;
    const second = await ask(web, { question: "And what is the capital of Japan?", conversation });
    const reply = replySchema.parse(await second.json());
    expect(reply.relevanceMap).toBeNull();
    expect(reply.evidence.map(({ entity }) => entity.title)).toContain("Japan");
  });

  it("does not know a conversation that was never begun", async () => {
    expect(await refusal(await ask(app(), { question: "And its flag?", conversation: "never-begun" }))).toBe(
      "404 not-found",
    );
  });

  it("answers by text alone about what the question names", async () => {
    const response = await ask(
      app(),
      { question: "What is the capital of Chad?" },
      { accept: "text/event-stream" },
    );
    const events = readEvents(await response.text()).map(({ data }) => eventSchema.parse(data));
    const found = events.find((event) => event.kind === "entities-found")!;
    expect(found.entities.map(({ entity }) => entity.title)).toEqual(["Chad"]);
    expect(events.at(-1)).toMatchObject({ kind: "answer-end", reply: { relevanceMap: null } });
  });

  it("finds what was taught a moment ago, by picture and by name, and still after the index was made anew", async () => {
    const picture = await tartan();
    const web = app();
    const body = new FormData();
    body.append("title", "Clan Rora");
    body.append("passage", "The tartan of Clan Rora was first woven in 1822.");
    body.append("image", new File([picture], "tartan.png"));
    const taught = await web.request("/api/entities", {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect(taught.status).toBe(201);
    // What was found; the starter's critic, which knows flags alone, may still think little of it.
    const titles = async (fields: Record<string, string | File>) => {
      const events = readEvents(await (await ask(app(), fields, { accept: "text/event-stream" })).text());
      const found = events.map(({ data }) => eventSchema.parse(data));
      return found.flatMap((event) =>
        event.kind === "entities-found" ? event.entities.map(({ entity }) => entity.title) : [],
      );
    };
    const shown = { question: "When was this woven?", image: new File([picture], "photo.png") };
    expect((await titles(shown))[0]).toBe("Clan Rora");
    expect(await titles({ question: "When was the tartan of Clan Rora woven?" })).toContain("Clan Rora");
    await core.close();
    core = await openCore(config, log, { signal: never, rebuild: true });
    expect(core.written).toBe(251);
    expect((await titles(shown))[0]).toBe("Clan Rora");
  }, 180_000);

  it("refuses what is not a picture, and keeps nothing of an accepted question but that it failed", async () => {
    const text = new File(["hello"], "photo.png", { type: "image/png" });
    expect(await refusal(await ask(app(), { question: "What is this, please?", image: text }))).toBe(
      "422 image-unreadable",
    );
    const [row] = await client().interaction.findMany({ where: { question: "What is this, please?" } });
    expect(row).toMatchObject({ status: "failed", errorCode: "image-unreadable" });
  });

  it("answers some of thirty at once, tells the others when to come back, and neither loses nor doubles any", async () => {
    const web = app({ questionsAtOnce: 2, queue: 6 });
    const codes = ["td", "ro", "mc", "id", "fr", "nl"];
    const photos = await Promise.all(codes.map(flagPhoto));
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        ask(web, { question: `Question ${number}: the capital?`, image: photos[number % 6]! }),
      ),
    );
    const answered = responses.filter(({ status }) => status === 200);
    const busy = responses.filter(({ status }) => status === 503);
    expect(answered.length + busy.length).toBe(30);
    expect(answered.length).toBeGreaterThanOrEqual(8);
    expect(busy.length).toBeGreaterThan(0);
    for (const response of busy) {
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(await refusal(response)).toBe("503 busy");
    }
    const ids = await Promise.all(
      answered.map(async (response) => replySchema.parse(await response.json()).interactionId),
    );
    const rows = await client().interaction.findMany({ where: { question: { startsWith: "Question " } } });
    expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["completed"]));
  });

  it("breaks a question off when its asker goes, and answers the next", async () => {
    const web = app({ questionsAtOnce: 1, queue: 1 });
    const going = new AbortController();
    const asking = (async () => {
      for await (const _event of core.assistant.ask(
        {
          id: crypto.randomUUID(),
          text: "Gone?",
          asker: { tenant: "web", pseudonym: "p" },
          platform: "web",
          image: { bytes: new Uint8Array(await (await flagPhoto("it")).arrayBuffer()) },
        },
        { signal: going.signal },
      ))
        going.abort();
    })();
    await expect(asking).rejects.toThrow();
    expect((await ask(web, { question: "What is the capital of Italy?" })).status).toBe(200);
  });

  it("opens the second time without learning anything", async () => {
    await core.close();
    core = await openCore(config, log, { signal: never });
    expect(core.written).toBe(0);
  });
}

describe("Rora on the embedded database", () => {
  suite(embedded);

  it("builds its index anew when the model has changed, and when told to", async () => {
    const place = await embedded();
    const models = [join(place.environment.DATA_DIR!, "one"), join(place.environment.DATA_DIR!, "two")];
    for (const folder of models) {
      await cp(fileURLToPath(new URL("../../fixtures/tiny", import.meta.url)), folder, { recursive: true });
      await cp(join(readConfig({}).model.folder, "critic.json"), join(folder, "critic.json"));
    }
    const open = async (model: string, rebuild = false) => {
      const core = await openCore(readConfig({ ...place.environment, MODEL_DIR: model }), log, {
        signal: never,
        rebuild,
      });
      const {
        written,
        model: { imageEncoder },
        stores,
      } = core;
      const state = {
        written,
        matches: (await stores.index.space())!.encoderId === imageEncoder.id,
        images: (await stores.index.counts()).images,
      };
      await core.close();
      return state;
    };
    const learnt = { written: 250, matches: true, images: 236 };
    expect(await open(models[0]!)).toEqual(learnt);
    expect(await open(models[1]!)).toEqual(learnt);
    expect(await open(models[1]!)).toEqual({ ...learnt, written: 0 });
    expect(await open(models[1]!, true)).toEqual(learnt);
    await place.remove();
  }, 300_000);
});

describe("Rora on PostgreSQL", () => {
  const url = process.env.DATABASE_URL;
  if (url === undefined) it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");
  else suite(() => onServer(url));
});
