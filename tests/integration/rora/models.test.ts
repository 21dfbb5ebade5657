import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackHub, startLoopbackHub } from "../../support/loopback-hub.ts";
import { filesOf, modelOf, sha256 } from "../../support/loopback-model.ts";
import { type Program, runScript } from "../../support/program.ts";

const folderOf = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const tiny = await filesOf(folderOf("tests/fixtures/tiny"));
const starter = {
  ...(await filesOf(folderOf("models/starter"))),
  "critic.json": await readFile(folderOf("models/starter/critic.json")),
};
const graph = "onnx/decoder_model_merged.onnx";

let hub: LoopbackHub;
let cache: string;
let running: Program | undefined;
beforeAll(async () => {
  hub = await startLoopbackHub({ "owner/tiny": modelOf(tiny), "owner/starter": modelOf(starter) });
});
afterAll(() => hub.close());
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "rora-test-"));
  hub.requests.length = 0;
  hub.trouble = () => undefined;
});
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.ended;
  await rm(cache, { recursive: true, force: true });
});

/** Starts `rora models …` against the loopback hub and an empty cache. */
function start(words: readonly string[], environment: Record<string, string> = {}): Program {
  running = runScript(
    "rora",
    { HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: cache, HF_TOKEN: "", LOG_LEVEL: "error", ...environment },
    ...words,
  );
  return running;
}

/** Runs it to its end. */
async function rora(words: readonly string[], environment: Record<string, string> = {}) {
  const { ended, output } = start(words, environment);
  return { code: await ended, ...output };
}

describe("rora models", () => {
  it("pulls, lists, verifies and removes", async () => {
    const pulled = await rora(["models", "pull", "owner/tiny"]);
    expect(pulled.stdout).toMatch(/owner\/tiny: 9 files, 254.1 kB, graphs in fp32.*\nLicence: mit\./);
    expect(pulled.stdout).toContain("Set MODEL_DIR=owner/tiny to use it.");
    expect(pulled).toMatchObject({ code: 0, stderr: "" });

    expect((await rora(["models", "list"])).stdout).toMatch(
      /owner\/tiny@main · 254.1 kB · fp32 · licence mit/,
    );
    expect(await rora(["models", "verify"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("all with the right hash"),
    });

    const blob = join(cache, "models--owner--tiny", "blobs", sha256(tiny[graph]!));
    await writeFile(blob, "damaged");
    const verified = await rora(["models", "verify", "owner/tiny"]);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain(`${graph} is damaged`);
    expect((await rora(["models", "pull", "owner/tiny"])).stdout).toContain("Downloaded 127.0 kB");

    expect((await rora(["models", "remove", "owner/tiny"])).stdout).toContain("254.1 kB freed");
    expect((await rora(["models", "list"])).stdout).toContain("no models for Rora");
  }, 120_000);

  it("killed in the middle of a download goes on from there", async () => {
    hub.trouble = ({ path }) =>
      path.startsWith("/large/") ? { kind: "slow", pieceBytes: 400_000, milliseconds: 50 } : undefined;
    const killed = start(["models", "pull", "owner/starter"], { LOG_LEVEL: "info" });
    await new Promise<void>((resolve) => {
      killed.child.stderr!.on("data", () => killed.output.stderr.includes("20 %") && resolve());
    });
    killed.child.kill("SIGKILL");
    await killed.ended;

    hub.trouble = () => undefined;
    hub.requests.length = 0;
    const again = await rora(["models", "pull", "owner/starter"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("MODEL_DIR=owner/starter") });
    const large = hub.requests.filter(({ host }) => host === "localhost");
    expect(large.flatMap(({ range }) => range ?? [])).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    expect((await rora(["models", "verify"])).code).toBe(0);
  }, 120_000);

  it("pulled by two processes at once is downloaded once", async () => {
    hub.trouble = ({ path }) =>
      path.startsWith("/large/") ? { kind: "slow", pieceBytes: 2_000, milliseconds: 50 } : undefined;
    const both = await Promise.all([1, 2].map(() => rora(["models", "pull", "owner/tiny"])));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.map(({ stderr }) => stderr).join("")).toContain("Another process is changing this model");
    expect(hub.requests.filter(({ host }) => host === "localhost")).toHaveLength(4);
    expect((await rora(["models", "verify"])).code).toBe(0);
  }, 120_000);

  it("shows no token when the hub refuses it, however much is logged", async () => {
    hub.models["owner/tiny"]!.token = "hf_right";
    const environment = { HF_TOKEN: "hf_hunter2", LOG_LEVEL: "trace" };
    const refused = await rora(["models", "pull", "owner/tiny"], environment);
    delete hub.models["owner/tiny"]!.token;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/HF_TOKEN is valid/);
    expect(refused.stderr).not.toMatch(/^\s+at |Error:/m);
    expect(refused.stdout + refused.stderr).not.toContain("hunter2");
  }, 60_000);

  it("gives a model that MODEL_DIR names, and says how to get one that is not there", async () => {
    const doctor = { MODEL_DIR: "owner/starter", DATA_DIR: join(cache, "data"), PORT: "0" };
    const missing = await rora(["doctor"], doctor);
    expect(missing.code).toBe(1);
    expect(missing.stdout).toMatch(/BROKEN Model: .*\n.*npm run rora -- models pull owner\/starter/);
    await rora(["models", "pull", "owner/starter"]);
    const found = await rora(["doctor"], {
      ...doctor,
      HF_HUB_OFFLINE: "1",
      HF_ENDPOINT: "http://127.0.0.1:1",
    });
    expect(found.stdout).toMatch(/ok +Model: .*encoder owner\/starter@[0-9a-f]{12}/);
    expect(found.code).toBe(0);
  }, 120_000);
});
