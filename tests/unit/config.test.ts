import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { callerFolder, readConfig, startedByNpm } from "../../src/config.ts";
import { environmentSchema } from "../../src/environment.ts";

const example = await readFile(new URL("../../.env.example", import.meta.url), "utf8");

const faultOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("was accepted");
};

describe("the configuration", () => {
  it("needs no variable at all", () => {
    const config = readConfig({});
    expect(config.web).toMatchObject({
      hostname: "127.0.0.1",
      port: 3000,
      allowedHosts: [],
      trustProxy: false,
    });
    expect(config.data).toEqual({ folder: "data", databaseUrl: undefined, qdrant: null });
    expect(config.model.folder).toMatch(/models.starter$/);
    expect(config.limits.imageBytes).toBe(20 * 1024 * 1024);
  });

  it("reads what is set", () => {
    const config = readConfig({
      PORT: "0",
      ALLOWED_HOSTS: "a.example, b.example",
      TRUST_PROXY: "true",
      IMAGE_MEGAPIXELS: "2",
    });
    expect(config.web).toMatchObject({ port: 0, allowedHosts: ["a.example", "b.example"], trustProxy: true });
    expect(config.limits.imagePixels).toBe(2_000_000);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", MODEL_DIR: "" })).toEqual(readConfig({}));
  });

  it("names every wrong variable and what it must be, never its value", () => {
    const fault = faultOf({
      PORT: "99999",
      LOG_LEVEL: "hunter2",
      DATABASE_URL: "mysql://rora:hunter2@host/x",
      THREADS: "hunter2",
    });
    for (const name of ["PORT", "LOG_LEVEL", "DATABASE_URL", "THREADS"]) expect(fault).toContain(`${name}: `);
    expect(fault).toContain("postgresql://");
    expect(fault).not.toMatch(/hunter2|99999/);
  });

  it("reads where Qdrant is only when that is set", () => {
    expect(readConfig({ QDRANT_API_KEY: "hunter2" }).data.qdrant).toBeNull();
    expect(
      readConfig({ QDRANT_URL: "https://qdrant.example:6334", QDRANT_API_KEY: "hunter2" }).data.qdrant,
    ).toEqual({ url: "https://qdrant.example:6334", apiKey: "hunter2", prefix: "rora_" });
  });

  it.each([
    ["QDRANT_URL", "localhost:6333"],
    ["QDRANT_URL", "https://rora:hunter2@qdrant.example"],
    ["QDRANT_API_KEY", "hunter2\nX-Other: 1"],
    ["QDRANT_PREFIX", "hunter2/"],
  ])("refuses a %s that would do harm, without showing it", (name, value) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toContain(`${name}: `);
    expect(fault).not.toContain("hunter2");
  });

  it("has the model answer by itself, unless a server is set to", () => {
    expect(readConfig({ VLM_MODEL: "qwen", VLM_API_KEY: "k" }).vlm).toBeUndefined();
    const { vlm } = readConfig({ VLM_URL: "http://localhost:8000/v1", VLM_MODEL: "qwen" });
    expect(vlm).toMatchObject({ url: "http://localhost:8000/v1", model: "qwen", imageSide: 768, images: 6 });
  });

  it("takes the likeliest words in the smallest precision there is, with one model for all, unless told otherwise", () => {
    const { model } = readConfig({});
    expect(model).toMatchObject({ encoderFolder: undefined, dtype: "auto", samplingSeed: null });
    expect(readConfig({ ENCODER_DIR: "models/clip", DTYPE: "q8", SAMPLING_SEED: "0" }).model).toMatchObject({
      encoderFolder: "models/clip",
      dtype: "q8",
      samplingSeed: 0,
    });
    expect(faultOf({ DTYPE: "bf16" })).toMatch(/DTYPE: .*auto, q8/);
  });

  it("wants a model's name along with a server, and no password in its address", () => {
    expect(faultOf({ VLM_URL: "http://localhost:8000/v1" })).toContain("VLM_MODEL: ");
    const fault = faultOf({ VLM_URL: "https://rora:hunter2@host/v1", VLM_MODEL: "qwen" });
    expect(fault).toContain("VLM_URL: ");
    expect(fault).not.toContain("hunter2");
    expect(faultOf({ VLM_URL: "localhost:8000", VLM_MODEL: "qwen" })).toContain("http://localhost:8000/v1");
  });

  it.each(["postgres://u:p@h/d", "postgresql://h:5432/d?sslmode=require"])("accepts %s", (url) => {
    expect(readConfig({ DATABASE_URL: url }).data.databaseUrl).toBe(url);
  });

  it.each([
    [{}, join(homedir(), ".cache", "huggingface", "hub")],
    [{ XDG_CACHE_HOME: "/caches" }, join("/caches", "huggingface", "hub")],
    [{ XDG_CACHE_HOME: "/caches", HF_HOME: "/hf" }, join("/hf", "hub")],
    [{ HF_HOME: "/hf", HF_HUB_CACHE: "/models" }, "/models"],
    [{ HF_HOME: "~/hf" }, join(homedir(), "hf", "hub")],
  ])("keeps models where Hugging Face's tools do: %j", (environment, cache) => {
    expect(readConfig(environment).hub.cache).toBe(cache);
  });

  it.each(["1", "true", "YES", "on"])("reads HF_HUB_OFFLINE=%s as Hugging Face's tools do", (text) => {
    expect(readConfig({ HF_HUB_OFFLINE: text }).hub.offline).toBe(true);
    expect(readConfig({ HF_HUB_OFFLINE: "0" }).hub.offline).toBe(false);
  });

  it("takes the hub's address without slashes at the end, and shows no token", () => {
    expect(readConfig({ HF_ENDPOINT: "https://mirror.example/" }).hub.endpoint).toBe(
      "https://mirror.example",
    );
    const fault = faultOf({ HF_TOKEN: "hunter2", HF_ENDPOINT: "mirror.example" });
    expect(fault).toMatch(/HF_TOKEN: .*hf_/);
    expect(fault).toContain("HF_ENDPOINT: ");
    expect(fault).not.toContain("hunter2");
  });

  it("finds files where the command was typed, not where npm runs it", () => {
    expect(callerFolder({ INIT_CWD: "/somewhere" })).toBe("/somewhere");
    expect(callerFolder({})).toBe(process.cwd());
  });

  it("knows whether npm started it", () => {
    expect(startedByNpm({ npm_lifecycle_event: "start" })).toBe(true);
    expect(startedByNpm({})).toBe(false);
  });
});

describe("the roles", () => {
  const CORE_TOKEN = "what-bots-and-cores-share";
  const CORE_URL = "http://core:3000/rora";

  it("are everything in one process, unless said otherwise", () => {
    expect(readConfig({})).toMatchObject({ role: "all", core: null, web: { page: true } });
    expect(readConfig({ CORE_URL, CORE_TOKEN })).toMatchObject({
      core: null,
      web: { coreToken: CORE_TOKEN },
    });
  });

  it("give the core a token and no page, and the web chat a core and nobody to believe", () => {
    const core = readConfig({ ROLE: "core", CORE_TOKEN });
    expect(core).toMatchObject({ core: null, web: { page: false, coreToken: CORE_TOKEN } });
    const web = readConfig({ ROLE: "web", CORE_TOKEN, CORE_URL });
    expect(web).toMatchObject({ core: { url: CORE_URL, token: CORE_TOKEN }, web: { page: true } });
    expect(web.web.coreToken).toBeUndefined();
  });

  it("are refused without what they need", () => {
    expect(faultOf({ ROLE: "core" })).toContain("CORE_TOKEN: ");
    expect(faultOf({ ROLE: "web" })).toMatch(/CORE_URL: [\s\S]*CORE_TOKEN: /);
    expect(faultOf({ CORE_TOKEN: "hunter2" })).toMatch(/CORE_TOKEN: must have at least 16/);
    expect(faultOf({ CORE_TOKEN: "hunter2 hunter2 hunter2" })).not.toContain("hunter2");
    expect(faultOf({ CORE_URL: "http://rora:hunter2@core" })).not.toContain("hunter2");
  });

  it("let only the process that is everything join Discord: of several cores, each would answer", () => {
    const DISCORD_TOKEN = "some.bot.token";
    const CORE_TOKEN = "a-token-of-the-core";
    expect(readConfig({ DISCORD_TOKEN }).discord).not.toBeNull();
    expect(readConfig({ DISCORD_TOKEN, ROLE: "core", CORE_TOKEN }).discord).toBeNull();
  });

  it.each(["discord", "slack", "bot"])("do not include %s, which is said plainly", (ROLE) => {
    expect(faultOf({ ROLE })).toContain(
      "ROLE: must be all, core or web; the bots for Discord and Slack run with ROLE=all",
    );
  });
});

describe(".env.example", () => {
  it("names the variables of the schema and no others", () => {
    expect(Object.keys(parseEnv(example)).sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  it("holds the defaults", () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}));
  });

  it("explains each of them in a comment above", () => {
    const lines = example.split("\n");
    const explained = lines.filter(
      (line, at) => /^[A-Z_]+=/.test(line) && /^(#|[A-Z_]+=)/.test(lines[at - 1] ?? ""),
    );
    expect(explained).toHaveLength(Object.keys(environmentSchema.shape).length);
  });
});
