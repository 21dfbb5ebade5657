import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { createAdmission } from "../../../src/admission.ts";
import { readConfig } from "../../../src/config.ts";
import { examine } from "../../../src/doctor.ts";
import { createLog } from "../../../src/log.ts";
import { openCore } from "../../../src/start/core.ts";
import { coreWebOptions } from "../../../src/start/web.ts";
import { startLoopbackQdrant } from "../../support/qdrant/loopback.ts";

const log = createLog("silent");
const { signal } = new AbortController();
const KEY = "hunter2-hunter2";
const folder = await mkdtemp(join(tmpdir(), "rora-test-"));
const server = await startLoopbackQdrant({ apiKey: KEY });
afterAll(async () => {
  await server.goDown();
  await rm(folder, { recursive: true, force: true });
});

/** The tiny model under a name, by which its encoder is known. */
async function configWith(model: string) {
  const directory = join(folder, model);
  await cp(fileURLToPath(new URL("../../fixtures/tiny", import.meta.url)), directory, { recursive: true });
  await cp(join(readConfig({}).model.folder, "critic.json"), join(directory, "critic.json"));
  return readConfig({
    DATA_DIR: folder,
    MODEL_DIR: directory,
    QDRANT_URL: server.url,
    QDRANT_API_KEY: KEY,
    QDRANT_PREFIX: "t_",
  });
}

it("Rora keeps its vectors in Qdrant when told where it is, and asks before it replaces them", async () => {
  const config = await configWith("one");
  const core = await openCore(config, log, { signal });
  const admission = createAdmission(core.assistant, { atOnce: 1, queueLimit: 1 });
  const { readiness } = coreWebOptions(core, admission, config, log);
  expect(core.written).toBe(250);
  expect(await core.stores.index.counts()).toMatchObject({ images: 236 });
  expect((await readiness()).index).toEqual({ ok: true, detail: "236 pictures in Qdrant" });

  await server.goDown();
  expect((await readiness()).index).toEqual({
    ok: false,
    detail: expect.stringContaining("Qdrant does not answer"),
  });
  await core.close();
  await expect(openCore(config, log, { signal })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("QDRANT_URL"),
  });
  await server.comeBack();

  const other = await configWith("two");
  await expect(openCore(other, log, { signal })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("rora ingest atlas --rebuild"),
  });
  const rebuilt = await openCore(other, log, { signal, rebuild: true });
  expect(rebuilt.written).toBe(250);
  expect((await rebuilt.stores.index.space())!.encoderId).toBe(rebuilt.model.imageEncoder.id);
  await rebuilt.close();

  const checks = [];
  for await (const check of examine(other, { signal })) checks.push(check);
  expect(checks).toContainEqual(expect.objectContaining({ state: "ok", name: "Qdrant" }));
  expect(checks).toContainEqual(expect.objectContaining({ name: "QDRANT_URL", detail: "set (not shown)" }));
  expect(checks).toContainEqual(
    expect.objectContaining({ state: "ok", name: "Index", detail: expect.stringContaining("236 pictures") }),
  );
  expect(JSON.stringify(checks)).not.toContain(KEY);
}, 600_000);
