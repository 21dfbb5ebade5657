/** The only place where the parts meet: opens them, introduces them to each other, closes them in reverse order. */
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createWebServer } from "../bots/web/main.ts";
import type { WebOptions } from "../bots/web/options.ts";
import { createModelHub } from "./adapters/hub/model-hub.ts";
import { createAnswerModel } from "./adapters/onnx/answer-model.ts";
import { createImageEncoder } from "./adapters/onnx/image-encoder.ts";
import { createSessions } from "./adapters/onnx/sessions.ts";
import { createTextEncoder } from "./adapters/onnx/text-encoder.ts";
import { createServedModel } from "./adapters/openai/answer-model.ts";
import { createPgvectorIndex } from "./adapters/pgvector/pgvector-index.ts";
import { openDatabase } from "./adapters/prisma/database.ts";
import { createKnowledgeStore } from "./adapters/prisma/knowledge-store.ts";
import { createLedger } from "./adapters/prisma/ledger.ts";
import { createQdrantIndex } from "./adapters/qdrant/qdrant-index.ts";
import { focusedPicture } from "./adapters/sharp/focused-picture.ts";
import { createImageDecoder } from "./adapters/sharp/image-decoder.ts";
import { drawRelevanceOverlay } from "./adapters/sharp/relevance-overlay.ts";
import { thumbnail } from "./adapters/sharp/thumbnail.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { createAssistant } from "./assistant.ts";
import { DEFAULT_SETTINGS } from "./assistant-parts.ts";
import { keepAtlas } from "./atlas.ts";
import { type Closers, closingOnFailure } from "./closers.ts";
import type { Config, VlmConfig } from "./config.ts";
import { readCritic } from "./critic-file.ts";
import { RoraError } from "./errors.ts";
import { fillIndex } from "./index-filling.ts";
import { teach } from "./knowledge/teach.ts";
import type { Logger } from "./log.ts";
import { portFault } from "./port.ts";
import type { AnswerModel, Assistant, RebuildableIndex } from "./ports.ts";
import { takingTurns } from "./turns.ts";

/** Milliseconds that questions aborted while stopping get to tell the ledger so. */
const LAST_WORDS = 5_000;

export interface StartOptions {
  /** Gives up starting; what was opened is closed. */
  readonly signal: AbortSignal;
  /** Builds the index anew. */
  readonly rebuild?: boolean;
}

export type Stores = Awaited<ReturnType<typeof openStores>>;
type Model = Awaited<ReturnType<typeof openModel>>;

/** All that answers questions, without any platform. */
export interface Core {
  readonly assistant: Assistant;
  readonly stores: Stores;
  readonly model: Model;
  /** Entities that were learnt, or put into the index again, while starting. */
  readonly written: number;
  close(): Promise<void>;
}

/** Opens the database and what stands in it. Throws RoraError `unavailable`. */
export async function openStores({ data }: Pick<Config, "data">, closers: Closers) {
  const database = await openDatabase({ url: data.databaseUrl, folder: data.folder });
  closers.add(() => database.close());
  return {
    database,
    store: createKnowledgeStore(database.client),
    index: data.qdrant === null ? createPgvectorIndex(database.sql) : openQdrant(data.qdrant),
    ledger: createLedger(database.client),
  };
}

/** What MODEL_DIR names: a folder, or else a model in the cache. Throws RoraError `not-found` that says how to download it. */
export async function modelFolder({ model, hub }: Pick<Config, "model" | "hub">): Promise<string> {
  if (existsSync(model.folder)) return model.folder;
  return (await openModelHub({ hub }).folder(model.folder)) ?? model.folder;
}

/** Models of the hub and of the cache on this machine. */
export function openModelHub({ hub }: Pick<Config, "hub">) {
  return createModelHub(hub);
}

/** The index on a Qdrant server, which is not asked before it is used. */
export function openQdrant(qdrant: NonNullable<Config["data"]["qdrant"]>): RebuildableIndex {
  return createQdrantIndex(qdrant);
}

/** Opens everything in the model folder and runs each graph once, so that a broken one shows now. Throws RoraError `unavailable`. */
export async function openModel(config: Pick<Config, "model" | "hub" | "vlm" | "limits">, closers: Closers) {
  const { model, vlm, limits } = config;
  const directory = await modelFolder(config);
  const sessions = createSessions({ threads: model.threads });
  closers.add(() => sessions.close());
  const concurrency = model.decodingConcurrency;
  const imageEncoder = await createImageEncoder({ directory, sessions });
  const textEncoder = await createTextEncoder({ directory, sessions });
  const critic = await readCritic(directory);
  const answering =
    vlm === undefined
      ? await localAnswers(await createAnswerModel({ directory, sessions }))
      : servedAnswers(vlm);
  await textEncoder.embed(["Ready?"]);
  const imageLimits = { bytes: limits.imageBytes, pixels: limits.imagePixels };
  return {
    decoder: createImageDecoder(imageLimits),
    knowledgeDecoder: createImageDecoder({ allowSvg: true }),
    imageEncoder,
    textEncoder,
    answerModel: takingTurns(answering.model, concurrency),
    checkAnswers: answering.check,
    critic,
  };
}

interface Answering {
  readonly model: AnswerModel;
  /** Whether it can answer now, as far as can be told. Throws RoraError that says what to do. */
  readonly check: () => Promise<{ readonly listed: boolean; readonly detail: string }>;
}

/** Writes one word, so that a broken graph shows now. */
async function localAnswers(model: AnswerModel): Promise<Answering> {
  const messages = [{ role: "user", content: [{ kind: "text", text: "Ready?" }] }] as const;
  const { signal } = new AbortController();
  for await (const _word of model.generate(messages, { maximumTokens: 1, signal }));
  return { model, check: async () => ({ listed: true, detail: model.id }) };
}

/** Asks the server nothing yet: it may start later. */
function servedAnswers(vlm: VlmConfig): Answering {
  const model = createServedModel({
    ...vlm,
    drawPicture: focusedPicture,
    pictures: { longestSide: vlm.imageSide, pictures: vlm.images },
    silence: { firstWord: vlm.firstWordSeconds, idle: vlm.idleSeconds },
  });
  return { model, check: model.check };
}

/** Opens stores and model, brings the database up to date and fills it. Throws RoraError; then nothing is left open. */
export function openCore(
  config: Config,
  log: Logger,
  { signal, rebuild = false }: StartOptions,
): Promise<Core> {
  return closingOnFailure(async (closers) => {
    const stores = await openStores(config, closers);
    const { database, store, index, ledger } = stores;
    const migrations = await database.migrate();
    if (migrations.length > 0) log.info({ migrations }, "database brought up to date");
    signal.throwIfAborted();

    const model = await openModel(config, closers);
    await model.checkAnswers().then(
      ({ listed, detail }) => log[listed ? "info" : "warn"]({ model: detail }, "answering model"),
      (fault: unknown) => log.warn({ err: fault }, "no answers for now"),
    );
    signal.throwIfAborted();
    const { imageEncoder, textEncoder, knowledgeDecoder: decoder } = model;
    const space = { encoderId: imageEncoder.id, dimension: imageEncoder.dimension };
    const built = await index.space();
    const outdated = built !== null && built.encoderId !== space.encoderId;
    // A server may be shared with others that still use the earlier encoder; there a person must decide.
    const ours = database.kind === "embedded" && config.data.qdrant === null;
    const ingesting = { store, index, decoder, imageEncoder, textEncoder, signal };
    const fill = async () =>
      (await fillIndex({ ...ingesting, log })) +
      (await keepAtlas({ ...ingesting, folder: config.data.folder, log }));
    const written = await index.build(space, { anew: rebuild || (outdated && ours) }, fill);

    const assistant = createAssistant({ ...model, store, index, ledger, settings: DEFAULT_SETTINGS });
    return { assistant, stores, model, written, close: closers.close };
  });
}

/** What the web chat gets. */
export function webOptions(
  { stores, model }: Core,
  admission: Admission,
  config: Config,
  log: Logger,
): WebOptions {
  return {
    ...config.web,
    assistant: admission,
    ledger: stores.ledger,
    store: stores.store,
    teach: (lesson) => teach(lesson, { ...model, store: stores.store, index: stores.index }),
    drawOverlay: drawRelevanceOverlay,
    thumbnail,
    readiness: () => readiness(stores, model),
    log,
    limits: config.limits,
  };
}

async function readiness({ database, store, index }: Stores, model: Model) {
  const check = (work: () => Promise<string>) =>
    work().then(
      (detail) => ({ ok: true, detail }),
      (fault: unknown) => ({
        ok: false,
        detail: fault instanceof RoraError ? fault.message : "does not answer",
      }),
    );
  return {
    database: await check(async () => {
      await database.sql.query("select 1 as one");
      return database.kind;
    }),
    knowledge: await check(async () => `${(await store.counts()).entities} entities`),
    index: await check(async () => `${(await index.counts()).images} pictures in ${index.engine}`),
    model: await check(async () => (await model.checkAnswers()).detail),
  };
}

export interface Running {
  /** Where people open the web chat. */
  readonly url: string;
  /** Lets running questions finish (up to DRAIN_SECONDS) and closes everything in reverse order. */
  close(): Promise<void>;
}

/** Starts Rora with its web chat. Throws RoraError that says what to do; then nothing is left open. */
export function start(config: Config, log: Logger, options: StartOptions): Promise<Running> {
  return closingOnFailure(async (closers) => {
    const { hostname, port } = config.web;
    // Listening comes last; but nobody should watch the atlas being learnt only to hear that the port is taken.
    if ((await portFault(hostname, port)) === "EADDRINUSE") {
      throw new RoraError(
        "unavailable",
        `Port ${port} is already in use. Stop the other program or set PORT to another number.`,
      );
    }
    const core = await openCore(config, log, options);
    closers.add(core.close);
    const { questionsAtOnce: atOnce, queue: queueLimit } = config.limits;
    const admission = createAdmission(core.assistant, { atOnce, queueLimit });
    const web = createWebServer(webOptions(core, admission, config, log));
    closers.add(async () => {
      const drained = admission.drain();
      await web.stop();
      await Promise.race([drained, sleep(LAST_WORDS, undefined, { ref: false })]);
    });
    const { url } = await web.start();
    return { url, close: closers.close };
  });
}
