import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tensor } from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { graphFile, modelId, readJson } from "../../../../src/adapters/onnx/model-directory.ts";
import { createSessions } from "../../../../src/adapters/onnx/sessions.ts";
import { TINY } from "./tiny.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rora-model-"));
  await mkdir(join(directory, "onnx"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("sessions", () => {
  it("open a file once and again after closing", async () => {
    const sessions = createSessions({ threads: 1 });
    const file = join(TINY, "onnx/embed_tokens.onnx");
    const [first, second] = await Promise.all([sessions.open(file), sessions.open(file)]);
    expect(second).toBe(first);
    await sessions.close();
    expect(await sessions.open(file)).not.toBe(first);
    await sessions.close();
  });

  it("try again after a failure, which names the file and not where it lies", async () => {
    const sessions = createSessions({ threads: 1 });
    const file = join(directory, "onnx/text_model.onnx");
    await writeFile(file, "not a graph");
    const failure = await sessions.open(file).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("text_model.onnx"),
    });
    expect((failure as Error).message).not.toContain(directory);
    await copyFile(join(TINY, "onnx/text_model.onnx"), file);
    expect((await sessions.open(file)).outputNames).toEqual(["text_embeds"]);
    await sessions.close();
  });

  it("send no telemetry: nothing is written into the home folder to be sent", async () => {
    const sessionsModule = new URL("../../../../src/adapters/onnx/sessions.ts", import.meta.url).href;
    const program = `
      const { createSessions } = await import(${JSON.stringify(sessionsModule)});
      const sessions = createSessions({ threads: 1 });
      await sessions.open(${JSON.stringify(join(TINY, "onnx/embed_tokens.onnx"))});
      await sessions.close();`;
    // Nothing but this: in CI, which it knows by its variables, ONNX Runtime sends nothing anyway.
    const env = { HOME: directory, PATH: process.env.PATH };
    const { status } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", program],
      {
        env,
      },
    );
    expect(status).toBe(0);
    expect(await readdir(directory)).toEqual(["onnx"]);
  });

  it("say that a device may be the reason, when a graph does not open on one", async () => {
    const sessions = createSessions({ device: process.platform === "darwin" ? "dml" : "coreml" });
    await expect(sessions.open(join(TINY, "onnx/text_model.onnx"))).rejects.toThrow(
      /text_model\.onnx cannot be opened; .*DEVICE=cpu/,
    );
  });

  it("give the same numbers whether memory is kept or given back", async () => {
    const [kept, givenBack] = await Promise.all(
      [true, false].map(async (keepMemory) => {
        const sessions = createSessions({ threads: 1, keepMemory });
        const session = await sessions.open(join(TINY, "onnx/embed_tokens.onnx"));
        const input_ids = new Tensor("int64", BigInt64Array.from([1n, 2n]), [1, 2]);
        const { inputs_embeds } = await session.run({ input_ids });
        await sessions.close();
        return inputs_embeds!.data;
      }),
    );
    expect(givenBack).toEqual(kept);
  });
});

describe("a model directory", () => {
  it("prefers int8, then the plain file, unless told otherwise", async () => {
    for (const suffix of ["", "_fp16"])
      await writeFile(join(directory, `onnx/text_model${suffix}.onnx`), suffix);
    expect(graphFile(directory, "text_model", "auto")).toMatch(/text_model\.onnx$/);
    await writeFile(join(directory, "onnx/text_model_int8.onnx"), "");
    expect(graphFile(directory, "text_model", "auto")).toMatch(/text_model_int8\.onnx$/);
    expect(graphFile(directory, "text_model", "fp16")).toMatch(/text_model_fp16\.onnx$/);
    expect(graphFile(directory, "text_model", "fp32")).toMatch(/text_model\.onnx$/);
    expect(graphFile(directory, "text_model", "q4")).toMatch(/text_model_int8\.onnx$/);
  });

  it("says which file is missing or broken", async () => {
    expect(() => graphFile(directory, "vision_encoder", "auto")).toThrow(/vision_encoder\.onnx/);
    await expect(readJson(directory, "config.json")).rejects.toThrow(/config\.json/);
    await writeFile(join(directory, "config.json"), "{");
    await expect(readJson(directory, "config.json")).rejects.toThrow(/config\.json cannot be read/);
  });

  it("in the hub's cache is called by its repository, whatever the commit", async () => {
    const idOf = async (commit: string) => {
      const snapshot = join(directory, "models--owner--tiny", "snapshots", commit);
      await mkdir(snapshot, { recursive: true });
      await writeFile(join(snapshot, "text_model.onnx"), "weights");
      return modelId(snapshot, [join(snapshot, "text_model.onnx")]);
    };
    expect(await idOf("1".repeat(40))).toMatch(/^owner\/tiny@[0-9a-f]{12}$/);
    expect(await idOf("1".repeat(40))).toBe(await idOf("2".repeat(40)));
  });

  it("gets another id with other weights", async () => {
    const file = join(directory, "onnx/text_model.onnx");
    await writeFile(file, "one");
    const before = await modelId(directory, [file]);
    await writeFile(file, "two");
    expect(await modelId(directory, [file])).not.toBe(before);
  });
});
