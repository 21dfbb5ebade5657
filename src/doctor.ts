/** Looks at everything Rora needs and says what is wrong and what to do. Changes nothing. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createClosers } from "./closers.ts";
import type { Config } from "./config.ts";
import { RoraError } from "./errors.ts";
import { portFault } from "./port.ts";
import { openDiscordPortal } from "./start/discord.ts";
import { type DeviceFinding, examineDevices, modelFolder, openModel } from "./start/model.ts";
import { shortcomings } from "./start/shortcomings.ts";
import { openQdrant, openStores, type Stores } from "./start/stores.ts";
import { openRemoteCore } from "./start/web.ts";

export interface Check {
  /** `note`: worth knowing, but nothing is broken. */
  readonly state: "ok" | "note" | "broken";
  readonly name: string;
  readonly detail: string;
  readonly advice?: string;
}

/** Oldest Node.js, as in package.json. */
const OLDEST_NODE = [20, 19] as const;

/** Yields a check as soon as it is done; `signal` ends it between two. */
export async function* examine(config: Config, { signal }: { signal: AbortSignal }): AsyncGenerator<Check> {
  yield nodeVersion(process.versions.node);
  yield { state: "note", name: "ROLE", detail: config.role };
  if (config.core !== null) {
    yield* await plainly("Core", () => examineCore(config));
    yield await portCheck(config);
    return;
  }
  yield* await plainly("Model files", async () => listModelFiles(await modelFolder(config)));
  signal.throwIfAborted();
  let encoderId: string | null = null;
  yield* await plainly("Model", async () => {
    const { encoder, checks } = await runModel(config);
    encoderId = encoder;
    return checks;
  });
  signal.throwIfAborted();
  for await (const finding of examineDevices()) yield describeDevice(finding);
  signal.throwIfAborted();
  const port = await portCheck(config);
  yield port;
  const { databaseUrl, qdrant } = config.data;
  yield {
    state: "note",
    name: "DATABASE_URL",
    detail: secretDetail(databaseUrl, "the embedded database is used"),
  };
  yield {
    state: "note",
    name: "QDRANT_URL",
    detail: secretDetail(qdrant?.url, "vectors are in the database"),
  };
  if (qdrant !== null) {
    yield* await plainly("Qdrant", async () => {
      await openQdrant(qdrant).space();
      return [{ state: "ok", name: "Qdrant", detail: "answers, and is new enough" }];
    });
  }
  if (config.discord !== null) {
    const name = "Discord";
    yield* await plainly(name, async () =>
      (await openDiscordPortal(config).examine()).map((finding) => ({ name, ...finding })),
    );
  }
  if (config.vlm !== undefined) {
    const { apiKey } = config.vlm;
    yield {
      state: "note",
      name: "VLM_API_KEY",
      detail: secretDetail(apiKey, "the server is asked without key"),
    };
  }
  yield* await plainly("Database", () => examineStores(config, port.state === "note", encoderId));
}

/** Checks a version such as `20.19.0`. */
export function nodeVersion(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const name = "Node.js";
  const enough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (enough) return { state: "ok", name, detail: version };
  return {
    state: "broken",
    name,
    detail: version,
    advice: `Install Node.js ${OLDEST_NODE.join(".")} or newer.`,
  };
}

function secretDetail(value: string | undefined, otherwise: string): string {
  return value === undefined ? `not set: ${otherwise}` : "set (not shown)";
}

/** A RoraError is a finding; its sentence says what to do. */
async function plainly(name: string, work: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await work();
  } catch (error) {
    const advice = error instanceof RoraError ? error.message : String(error);
    return [{ state: "broken", name, detail: "cannot be used", advice }];
  }
}

/** Nothing is broken by a GPU that is not there; a named one that does not work is the model's fault above. */
function describeDevice({ device, works, detail, advice }: DeviceFinding): Check {
  const check = { state: works ? "ok" : "note", name: `Device ${device}`, detail } as const;
  return advice === undefined ? check : { ...check, advice };
}

async function listModelFiles(folder: string): Promise<Check[]> {
  const name = "Model files";
  const graphs = await readdir(join(folder, "onnx")).catch(() => []);
  if (graphs.length === 0) {
    const advice = "Set MODEL_DIR to a model folder, or restore the bundled one with `git checkout models`.";
    return [{ state: "broken", name, detail: "there are none in MODEL_DIR", advice }];
  }
  const others = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const files = [...others, ...graphs.map((graph) => join("onnx", graph))].sort();
  return Promise.all(files.map((file) => describeFile(folder, file)));
}

async function describeFile(folder: string, file: string): Promise<Check> {
  const bytes = await readFile(join(folder, file));
  const hash = createHash("sha256").update(bytes).digest("hex");
  const kilobytes = Math.ceil(bytes.length / 1000).toLocaleString("en-US");
  return {
    state: "ok",
    name: "Model file",
    detail: `${file}, ${kilobytes} kB, sha256 ${hash.slice(0, 16)}…`,
  };
}

async function runModel(config: Config): Promise<{ encoder: string; checks: Check[] }> {
  const closers = createClosers();
  try {
    const opened = await openModel(config, closers);
    const { imageEncoder, answerModel, critic, checkAnswers, device } = opened;
    const detail = `${basename(config.model.folder)} runs on ${device}; encoder ${imageEncoder.id}, answers ${answerModel.id}, critic ${critic.version}`;
    const model: Check = { state: "ok", name: "Model", detail };
    const checks = [
      model,
      ...shortcomings(opened).map(({ name, detail }): Check => ({ state: "note", name, detail })),
    ];
    if (config.vlm === undefined) return { encoder: imageEncoder.id, checks };
    const served = await plainly("VLM_URL", async () => {
      const { listed, detail } = await checkAnswers();
      return [{ state: listed ? "ok" : "note", name: "VLM_URL", detail: `answers; model ${detail}` }];
    });
    return { encoder: imageEncoder.id, checks: [...checks, ...served] };
  } finally {
    await closers.close();
  }
}

/** What the core at CORE_URL says of itself, which shows that the token is right, too. */
async function examineCore(config: Config): Promise<Check[]> {
  const dependencies = Object.entries(await openRemoteCore(config).readiness());
  return dependencies.map(([name, { ok, detail }]) => ({
    state: ok ? "ok" : "broken",
    name: name === "core" ? "Core" : `Core's ${name}`,
    detail,
    ...(ok ? {} : { advice: "Run `npm run rora -- doctor` where the core runs." }),
  }));
}

/** `encoderId` is null when the model cannot be used. */
async function examineStores(config: Config, running: boolean, encoderId: string | null): Promise<Check[]> {
  const { databaseUrl, folder } = config.data;
  if (databaseUrl === undefined && !existsSync(join(folder, "database"))) {
    return [{ state: "note", name: "Database", detail: "not made yet: the first start makes and fills it" }];
  }
  if (databaseUrl === undefined && running) {
    return [
      {
        state: "note",
        name: "Database",
        detail: "in use by the running Rora, which says above how it is; stop it to look inside",
      },
    ];
  }
  const closers = createClosers();
  try {
    const stores = await openStores(config, closers);
    const [row] = await stores.database.sql.query<{ version: string }>("select version() as version");
    const opened = `${stores.database.kind}, ${row!.version.split(" ").slice(0, 2).join(" ")}`;
    return [
      { state: "ok", name: "Database", detail: opened },
      ...(await plainly("Index", () => examineKnowledge(stores, encoderId))),
    ];
  } finally {
    await closers.close();
  }
}

async function examineKnowledge({ index, store }: Stores, encoderId: string | null): Promise<Check[]> {
  const built = await index.space();
  if (built === null) {
    const detail = `not made yet in ${index.engine}: the first start makes and fills it`;
    return [{ state: "note", name: "Index", detail }];
  }
  const { entities, images, passages } = await store.counts();
  const indexed = await index.counts();
  const known: Check = {
    state: entities === 0 ? "note" : "ok",
    name: "Knowledge",
    detail: `${entities} entities, ${images} pictures, ${passages} passages`,
  };
  const advice = "Run `npm run rora -- ingest atlas --rebuild`.";
  if (encoderId !== null && built.encoderId !== encoderId) {
    return [
      known,
      {
        state: "broken",
        name: "Index",
        detail: `built with ${built.encoderId}, but ${encoderId} is configured`,
        advice,
      },
    ];
  }
  if (indexed.images < images || indexed.passages < passages) {
    return [
      known,
      {
        state: "broken",
        name: "Index",
        detail: `has ${indexed.images} pictures and ${indexed.passages} passages, fewer than the database`,
        advice,
      },
    ];
  }
  return [
    known,
    {
      state: "ok",
      name: "Index",
      detail: `${indexed.images} pictures and ${indexed.passages} passages in ${index.engine}, built with ${built.encoderId}`,
    },
  ];
}

/** `note` means that Rora itself answers there. */
async function portCheck({ web: { hostname, port } }: Config): Promise<Check> {
  const name = `Port ${port}`;
  const fault = await portFault(hostname, port);
  if (fault === null) return { state: "ok", name, detail: `free on ${hostname}` };
  if (fault !== "EADDRINUSE") {
    return {
      state: "broken",
      name,
      detail: `cannot be listened on (${fault})`,
      advice: "Set HOST to an address of this machine and PORT to a number above 1023.",
    };
  }
  const running = await askReadiness(hostname, port);
  if (running !== null) return { state: "note", name, detail: `Rora is running there: ${running}` };
  return {
    state: "broken",
    name,
    detail: "in use by another program",
    advice: "Stop that program or set PORT to another number.",
  };
}

async function askReadiness(hostname: string, port: number): Promise<string | null> {
  const host = hostname === "0.0.0.0" || hostname === "::" ? "localhost" : hostname;
  try {
    const response = await fetch(`http://${host}:${port}/ready`, { signal: AbortSignal.timeout(3_000) });
    const { dependencies } = (await response.json()) as {
      dependencies: Record<string, { ok: boolean; detail: string }>;
    };
    return Object.entries(dependencies)
      .map(([name, { ok, detail }]) => `${name} ${ok ? "" : "NOT READY, "}${detail}`)
      .join(" · ");
  } catch {
    return null;
  }
}
