import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebApp } from "../../../bots/web/app.ts";
import { eventSchema, replySchema } from "../../../bots/web/schemas.ts";
import { createAdmission } from "../../../src/admission.ts";
import { type Config, readConfig } from "../../../src/config.ts";
import { examine } from "../../../src/doctor.ts";
import { createLog } from "../../../src/log.ts";
import { type Core, openCore } from "../../../src/start/core.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { picturesOf, promptText } from "../../support/chat-request.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type ServedModelServer, serveModel } from "../../support/served-model.ts";
import { ask, readEvents } from "../web/client.ts";

const log = createLog("silent");
const never = new AbortController().signal;
const KEY = "sk-hunter2-hunter2";

let folder: string;
let server: ServedModelServer;
let config: Config;
let core: Core;
const app = () => {
  const admission = createAdmission(core.assistant, { atOnce: 4, queueLimit: 4 });
  return createWebApp(coreWebOptions(core, admission, config, log), never, () => false);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  server = await serveModel({ key: KEY, logprobs: true, longestSide: 256 });
  config = readConfig({
    DATA_DIR: folder,
    VLM_URL: server.url,
    VLM_MODEL: "tiny-vlm",
    VLM_API_KEY: KEY,
    VLM_IMAGE_SIDE: "256",
  });
  core = await openCore(config, log, { signal: never });
}, 300_000);
afterAll(async () => {
  await core?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("Rora with a served model", () => {
  it("answers a question about a flag word by word, and cites what the answer rests on", async () => {
    const fields = { question: "What is the capital?", image: await flagPhoto("jp") };
    const response = await ask(app(), fields, { accept: "text/event-stream" });
    const events = readEvents(await response.text()).map(({ data }) => eventSchema.parse(data));
    const deltas = events.flatMap((event) => (event.kind === "answer-delta" ? [event.text] : []));
    expect(deltas.length).toBeGreaterThan(2);
    const reply = replySchema.parse(
      events.flatMap((event) => (event.kind === "answer-end" ? event.reply : []))[0],
    );
    expect(reply).toMatchObject({ kind: "answer", models: { answer: "served/tiny-vlm" } });
    expect(deltas.join("")).toBe(reply.text);
    const [citation] = reply.citations;
    const cited = reply.evidence.find(({ label }) => label === citation!.label)!;
    expect(cited.passage.text).toContain(reply.text);
    expect(reply.text).toMatch(/capital/i);
    // Probability ½ a token, and the critic's.
    expect(reply.confidence).toBeCloseTo(cited.relevance / 2, 5);

    const request = server.requests.at(-1)!;
    expect(picturesOf(request)).toHaveLength(promptText(request).split("{picture}").length - 1);
    expect(promptText(request)).toContain("Question:{picture} What is the capital?");
  });

  it("answers by text alone, without pictures", async () => {
    const response = await ask(app(), { question: "What is the capital of Chad?" });
    const reply = replySchema.parse(await response.json());
    expect(reply).toMatchObject({ kind: "answer", text: expect.stringContaining("N'Djamena") });
    expect(picturesOf(server.requests.at(-1)!)).toEqual([]);
  });

  it("does not know what the evidence does not say", async () => {
    const response = await ask(app(), { question: "Iceland: xylophones?" });
    const reply = replySchema.parse(await response.json());
    expect(reply).toMatchObject({ kind: "abstention", reason: "not-in-evidence" });
    expect(promptText(server.requests.at(-1)!)).toContain("xylophones");
  });

  it("is examined by the doctor, who shows no key", async () => {
    const checks = [];
    for await (const check of examine(config, { signal: never })) checks.push(check);
    expect(checks).toContainEqual({ state: "ok", name: "VLM_URL", detail: "answers; model tiny-vlm" });
    expect(JSON.stringify(checks)).not.toContain(KEY);
  });

  it("opens while the server is away, says so, and answers once it is there", async () => {
    await core.close();
    const { port } = new URL(server.url);
    await server.close();
    core = await openCore(config, log, { signal: never });
    const ready = await app().request("/ready");
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      dependencies: { model: { ok: false, detail: expect.stringContaining("cannot be reached") } },
    });
    const refused = await ask(app(), { question: "What is the capital of Chad?" });
    expect(refused.status).toBe(503);
    server = await serveModel({ key: KEY, port: Number(port) });
    const response = await ask(app(), { question: "What is the capital of Chad?" });
    expect(replySchema.parse(await response.json()).kind).toBe("answer");
  });
});
