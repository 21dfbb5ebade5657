import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ReplyJson } from "../../../bots/web/schemas.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type Program, runScript, startRora } from "../../support/program.ts";
import { form, readEvents } from "../web/client.ts";

const model = fileURLToPath(new URL("../../../models/starter", import.meta.url));

let folder: string;
let running: Program | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
});
afterEach(() => running?.child.kill("SIGKILL"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const data = () => ({ DATA_DIR: join(folder, "data"), LOG_LEVEL: "info" });
const start = async (environment: Record<string, string> = {}) => {
  const program = await startRora({ ...data(), ...environment });
  running = program;
  return program;
};
const post = async (url: string, fields: Record<string, string | File>) =>
  fetch(`${url}/api/ask`, { method: "POST", body: form(fields), headers: { accept: "text/event-stream" } });
const replyOf = (text: string) => readEvents(text).at(-1)!.data.reply as ReplyJson;

/** Runs to its end and expects a fault told in plain words: exit code 1 and no stack. */
async function plainFault(
  script: "start" | "rora",
  environment: Record<string, string>,
  ...more: string[]
): Promise<string> {
  const { ended, output } = runScript(script, { ...data(), LOG_LEVEL: "error", ...environment }, ...more);
  expect(await ended).toBe(1);
  expect(output.stderr).not.toMatch(/^\s+at |Error:/m);
  return output.stderr.trim();
}

describe("Rora as a process", () => {
  it("killed in the middle of a question starts again at once with all that it had acknowledged", async () => {
    const first = await start();
    expect(first.output.stderr).toContain("Learning the atlas: 100 %");
    const kept = replyOf(
      await (
        await post(first.url, { question: "What is the capital?", image: await flagPhoto("pl") })
      ).text(),
    );
    const rated = await fetch(`${first.url}/api/interactions/${kept.interactionId}/feedback`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ verdict: "helpful" }),
    });
    expect(rated.status).toBe(204);
    const cut = await post(first.url, { question: "Which languages?", image: await flagPhoto("ch") });
    await cut.body!.getReader().read();
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");

    const second = await start();
    expect(second.output.stderr).not.toContain("Learning");
    const found = (await (await fetch(`${second.url}/api/interactions/${kept.interactionId}`)).json()) as {
      reply: ReplyJson;
    };
    expect(found.reply.text).toBe(kept.text);
    const again = replyOf(
      await (
        await post(second.url, { question: "And which languages?", conversation: kept.conversation })
      ).text(),
    );
    expect(again.relevanceMap).not.toBeNull();
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  }, 400_000);

  it("told to stop finishes what is under way and waiting, takes nothing new, and ends with 0", async () => {
    const { url, child, ended } = await start({ QUESTIONS_AT_ONCE: "1" });
    const photo = await flagPhoto("se");
    // Each has begun or is in the queue once its headers are there.
    const responses = await Promise.all(
      [1, 2, 3, 4].map((number) => post(url, { question: `The capital, please (${number})?`, image: photo })),
    );
    child.kill("SIGINT");
    const bodies = await Promise.all(responses.map((response) => response.text()));
    expect(bodies.map((body) => readEvents(body).at(-1)!.event)).toEqual(Array(4).fill("answer-end"));
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  }, 200_000);

  it("stops when the npm that started it is killed", async () => {
    const npm = spawn("npm", ["start"], {
      cwd: fileURLToPath(new URL("../../../", import.meta.url)),
      env: { ...process.env, ...data(), DATABASE_URL: "", QDRANT_URL: "", PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    for await (const text of npm.stdout) {
      stdout += text;
      const url = /Open (http:\S+)/.exec(stdout)?.[1];
      if (url === undefined) continue;
      npm.kill("SIGTERM");
      await expect.poll(() => fetch(url).catch(() => "gone"), { timeout: 30_000 }).toBe("gone");
    }
    expect(stdout).toContain("Rora is ready");
    // Its folder is free for the next test.
    await expect.poll(() => existsSync(join(folder, "data", "rora.lock")), { timeout: 30_000 }).toBe(false);
  }, 200_000);

  it("told to stop while it starts ends with 0 and leaves nothing locked", async () => {
    const fresh = { DATA_DIR: join(folder, "interrupted") };
    const program = runScript("start", { ...fresh, PORT: "0" });
    await expect
      .poll(() => program.output.stderr, { timeout: 120_000 })
      .toContain("Learning the atlas: 10 %");
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    const doctor = runScript("rora", fresh, "doctor");
    await doctor.ended;
    expect(doctor.output.stdout).toContain("Database: embedded");
  }, 200_000);
});

describe("while Rora runs", () => {
  it("a second one, the command line and the doctor say who holds what, and what to do", async () => {
    const { child, url } = await start();
    const { port } = new URL(url);
    expect(await plainFault("start", { PORT: "0" })).toMatch(
      new RegExp(`^The data folder is already in use by process ${child.pid} since .* Stop that one first`),
    );
    expect(await plainFault("rora", {}, "ask", "What is the capital of Chad?")).toContain("already in use");
    expect(await plainFault("start", { PORT: port, DATA_DIR: join(folder, "other") })).toBe(
      `Port ${port} is already in use. Stop the other program or set PORT to another number.`,
    );
    const doctor = runScript("rora", { ...data(), PORT: port }, "doctor");
    expect(await doctor.ended).toBe(0);
    expect(doctor.output.stdout).toMatch(/Rora is running there: database embedded/);
  }, 200_000);
});

describe("what keeps Rora from starting is told in plain words:", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it("a wrong variable", async () => {
    expect(await plainFault("start", { PORT: "many" })).toMatch(/PORT: /);
  });

  it("a model that is not there, and one that is damaged", async () => {
    expect(await plainFault("start", { PORT: "0", MODEL_DIR: join(folder, "no-model") })).toContain(
      "no-model",
    );
    const damaged = join(folder, "damaged");
    await cp(model, damaged, { recursive: true });
    for (const suffix of ["", "_int8"])
      await truncate(join(damaged, "onnx", `decoder_model_merged${suffix}.onnx`), 1000).catch(() => {});
    expect(await plainFault("start", { PORT: "0", MODEL_DIR: damaged })).toMatch(
      /decoder_model_merged.* cannot be opened/,
    );
    await writeFile(join(damaged, "critic.json"), "{");
    expect(await plainFault("start", { PORT: "0", MODEL_DIR: damaged })).toContain("critic.json");
  }, 200_000);

  it("a database that does not answer, without its password", async () => {
    const fault = await plainFault("start", {
      PORT: "0",
      DATABASE_URL: "postgresql://rora:hunter2@127.0.0.1:1/rora",
    });
    expect(fault).toContain("DATABASE_URL");
    expect(fault).not.toContain("hunter2");
  });

  it("a device that this system has not, before any question is taken", async () => {
    const device = process.platform === "darwin" ? "dml" : "coreml";
    const fault = await plainFault("start", { PORT: "0", DATA_DIR: join(folder, "none"), DEVICE: device });
    expect(fault).toMatch(new RegExp(`DEVICE=${device} cannot be used: .*Set DEVICE to one of .*cpu`));
  });

  it("to the doctor, too, who goes on to the next check", async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const doctor = runScript(
      "rora",
      { PORT: String(port), DATA_DIR: join(folder, "none"), MODEL_DIR: join(folder, "no-model") },
      "doctor",
    );
    expect(await doctor.ended).toBe(1);
    expect(doctor.output.stdout).toMatch(/BROKEN Model: .*\n.*no-model/);
    expect(doctor.output.stdout).toMatch(
      new RegExp(`BROKEN Port ${port}: in use by another program\\n.*set PORT`),
    );
    expect(doctor.output.stdout).toContain("3 of the checks above need attention.");
  }, 100_000);
});
