import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebApp } from "../../../bots/web/app.ts";
import { eventSchema, readinessSchema, replySchema } from "../../../bots/web/schemas.ts";
import { createAdmission } from "../../../src/admission.ts";
import { type Config, readConfig } from "../../../src/config.ts";
import { type Check, examine } from "../../../src/doctor.ts";
import { createLog } from "../../../src/log.ts";
import { type Core, openCore } from "../../../src/start/core.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { picturesOf } from "../../support/chat-request.ts";
import { type ServedModelServer, serveModel } from "../../support/served-model.ts";
import { ask, form, readEvents } from "../web/client.ts";

const log = createLog("silent");
const never = new AbortController().signal;
const ADMIN_TOKEN = "a token for teaching";
const fixture = (name: string) => join(import.meta.dirname, "../../fixtures/clip", name);

let folder: string;
let server: ServedModelServer;
let config: Config;
let core: Core;
const app = () => {
  const admission = createAdmission(core.assistant, { atOnce: 4, queueLimit: 4 });
  return createWebApp(coreWebOptions(core, admission, config, log), never, () => false);
};
const settings = (model: "dense" | "stock") =>
  readConfig({
    DATA_DIR: folder,
    MODEL_DIR: fixture(model),
    VLM_URL: server.url,
    VLM_MODEL: "tiny-vlm",
    ADMIN_TOKEN,
  });

/** A building of coloured blocks; unlike any flag. */
async function building(colour: string): Promise<File> {
  const block = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer();
  const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#9ab" } })
    .composite([
      { input: await block(60, 120), left: 40, top: 70 },
      { input: await block(120, 60), left: 140, top: 130 },
    ])
    .png()
    .toBuffer();
  return new File([new Uint8Array(photo)], "building.png", { type: "image/png" });
}

async function teachBuilding(title: string, colour: string, year: number): Promise<void> {
  const body = form({
    title,
    passage: `${title} was built in the year ${year}.`,
    image: await building(colour),
  });
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const response = await app().request("/api/entities", { method: "POST", body, headers });
  expect(response.status).toBe(201);
}

async function askAbout(colour: string) {
  const fields = { question: "Which year was it built?", image: await building(colour) };
  const response = await ask(app(), fields, { accept: "text/event-stream" });
  const events = readEvents(await response.text()).map(({ data }) => eventSchema.parse(data));
  const read = events.flatMap((event) => (event.kind === "image-read" ? [event] : []))[0]!;
  const found = events.flatMap((event) => (event.kind === "entities-found" ? event.entities : []));
  const reply = replySchema.parse(
    events.flatMap((event) => (event.kind === "answer-end" ? event.reply : []))[0],
  );
  return { read, found, reply };
}

/** Of the picture asked about, which stands last in the request. */
async function shownSize() {
  const { width, height } = await sharp(picturesOf(server.requests.at(-1)!).at(-1)!).metadata();
  return { width, height };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  server = await serveModel({});
}, 300_000);
afterAll(async () => {
  await core?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("Rora with a stock export of CLIP and a served model", () => {
  beforeAll(async () => {
    config = settings("stock");
    core = await openCore(config, log, { signal: never });
    await teachBuilding("Castle of Good Hope", "#742", 1679);
    await teachBuilding("Green House", "#274", 1900);
  }, 300_000);

  it("finds the taught entity and answers, and says that the picture was compared as a whole", async () => {
    const { read, found, reply } = await askAbout("#742");
    expect(found[0]!.entity.title).toBe("Castle of Good Hope");
    expect(reply).toMatchObject({ kind: "answer", relevanceMap: null, models: { critic: "unfitted" } });
    expect(reply.text).toContain("1679");
    expect(reply.visualTokens).toEqual({ query: { total: 0, kept: 0 }, retrieved: { total: 0, kept: 0 } });
    const notice = { kind: "unrefined", text: expect.stringContaining("compared as a whole") };
    expect(read.notices).toContainEqual(notice);
    expect(reply.notices).toContainEqual(notice);
  });

  it("shows the served model whole pictures", async () => {
    await askAbout("#274");
    expect(await shownSize()).toEqual({ width: 300, height: 200 });
  });

  it("is ready, and /ready and doctor say why refinement is off and that the critic is not fitted", async () => {
    const ready = await app().request("/ready");
    expect(ready.status).toBe(200);
    const { encoder } = readinessSchema.parse(await ready.json()).dependencies;
    expect(encoder).toMatchObject({ ok: true, detail: expect.stringContaining("refinement is off") });
    const checks: Check[] = [];
    for await (const check of examine(config, { signal: never })) checks.push(check);
    expect(checks.find(({ name }) => name === "Model")).toMatchObject({ state: "ok" });
    const noted = (name: string) => checks.find((check) => check.name === name)!;
    expect(noted("Refinement")).toMatchObject({
      state: "note",
      detail: expect.stringContaining("none for its patches"),
    });
    expect(noted("Critic")).toMatchObject({
      state: "note",
      detail: expect.stringContaining("training/critic/fit.ts"),
    });
  });
});

describe("Rora with CLIP as we export it, on the same data", () => {
  beforeAll(async () => {
    await core.close();
    config = settings("dense");
    core = await openCore(config, log, { signal: never });
  }, 300_000);

  it("has put all that was taught into an index of the new encoder", async () => {
    expect((await core.stores.index.space())!.encoderId).toMatch(/^dense@/);
    expect(core.written).toBeGreaterThan(250);
  });

  it("refines: a map of the picture's patches, and of the pictures what matters", async () => {
    const { read, reply } = await askAbout("#742");
    expect(reply.relevanceMap).toMatchObject({ rows: 4, columns: 4 });
    expect(reply.relevanceMap!.kept).toHaveLength(4);
    expect(new Set(reply.relevanceMap!.scores).size).toBeGreaterThan(8);
    expect(reply.visualTokens.query).toEqual({ total: 16, kept: 4 });
    expect(reply.visualTokens.retrieved.kept).toBeLessThan(reply.visualTokens.retrieved.total);
    expect(read.notices).toEqual([]);
    const { encoder } = readinessSchema.parse(await (await app().request("/ready")).json()).dependencies;
    expect(encoder!.detail).not.toContain("refinement");
  });
});

it("A CLIP without a model that answers is refused before any question, with what to set", async () => {
  const alone = readConfig({ DATA_DIR: folder, MODEL_DIR: fixture("stock") });
  await core.close();
  await expect(openCore(alone, log, { signal: never })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/finds, but does not answer.*VLM_URL/),
  });
});
