/** Everything that can be set from outside, read once. Nothing else touches process.env. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Dtype } from "./domain/model-files.ts";
import { consistentSchema, type Environment } from "./environment.ts";
import { RoraError } from "./errors.ts";
import { type SlackConfig, slackOf } from "./slack-config.ts";

export interface VlmConfig {
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string | undefined;
  readonly imageSide: number;
  readonly images: number;
  readonly thoughtTokens: number;
  readonly firstWordSeconds: number;
  readonly idleSeconds: number;
}

export interface Config {
  readonly role: Environment["ROLE"];
  /** The core in another process; null where questions are answered in this one. */
  readonly core: { readonly url: string; readonly token: string } | null;
  readonly web: {
    readonly hostname: string;
    readonly port: number;
    readonly allowedHosts: readonly string[];
    readonly adminToken?: string | undefined;
    readonly coreToken?: string | undefined;
    readonly page: boolean;
    readonly trustProxy: boolean;
    readonly drainSeconds: number;
  };
  /** Null: it does not join there. */
  readonly discord: { readonly token: string } | null;
  readonly slack: SlackConfig | null;
  /** Null: a key of its own, kept in the data folder. */
  readonly pseudonymKey: string | null;
  readonly data: {
    readonly folder: string;
    readonly databaseUrl?: string | undefined;
    /** Null: vectors are kept in the database. */
    readonly qdrant: {
      readonly url: string;
      readonly apiKey?: string | undefined;
      readonly prefix: string;
    } | null;
  };
  readonly model: {
    readonly folder: string;
    /** Of another model for retrieval; the same model does it without. */
    readonly encoderFolder?: string | undefined;
    readonly device: Environment["DEVICE"];
    /** Of the weights that write answers. */
    readonly dtype: Dtype;
    /** Null: the likeliest words, none drawn. */
    readonly samplingSeed: number | null;
    readonly threads: number;
    readonly keepMemory: boolean;
    readonly decodingConcurrency: number;
  };
  readonly hub: {
    readonly endpoint: string;
    readonly token?: string | undefined;
    readonly offline: boolean;
    /** Folder. */
    readonly cache: string;
  };
  /** The server that writes the answers; without one, the model does. */
  readonly vlm?: VlmConfig | undefined;
  readonly limits: {
    readonly questionsAtOnce: number;
    readonly queue: number;
    readonly questionsPerMinute: number;
    readonly requestsPerMinute: number;
    readonly questionCharacters: number;
    readonly imageBytes: number;
    readonly imagePixels: number;
  };
  readonly logLevel: Environment["LOG_LEVEL"];
}

/** Variables of the process, with those of a file `.env` in the working folder for what is not set. */
export function readEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new RoraError("unavailable", "The file .env cannot be read: check its owner and its rights.", {
        cause: error,
      });
    }
  }
  return process.env;
}

/** Folder in which the person typed the command: npm runs scripts in the project's, and tells in INIT_CWD where it was called. */
export function callerFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.INIT_CWD ?? process.cwd();
}

/** Whether npm runs this as one of the project's scripts. */
export function startedByNpm(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.npm_lifecycle_event !== undefined;
}

/** Throws RoraError `bad-request` that names each wrong variable and what it must be, never its value. */
export function readConfig(environment: NodeJS.ProcessEnv = readEnvironment()): Config {
  // `PORT=` in a file means that nobody has set it.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = consistentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new RoraError(
      "bad-request",
      `The configuration is wrong. Correct it in the environment or in .env (.env.example explains each variable):\n  ${faults.join("\n  ")}`,
    );
  }
  return toConfig(parsed.data);
}

function toConfig(set: Environment): Config {
  return {
    role: set.ROLE,
    core: asksACore(set) ? { url: set.CORE_URL!, token: set.CORE_TOKEN! } : null,
    web: {
      hostname: set.HOST,
      port: set.PORT,
      allowedHosts: set.ALLOWED_HOSTS,
      adminToken: set.ADMIN_TOKEN,
      // Nobody is a bot to a bot.
      coreToken: asksACore(set) ? undefined : set.CORE_TOKEN,
      page: set.ROLE === "all" || set.ROLE === "web",
      trustProxy: set.TRUST_PROXY,
      drainSeconds: set.DRAIN_SECONDS,
    },
    discord: discordOf(set),
    slack: set.ROLE === "all" || set.ROLE === "slack" ? slackOf(set) : null,
    pseudonymKey: set.PSEUDONYM_KEY ?? null,
    data: { folder: set.DATA_DIR, databaseUrl: set.DATABASE_URL, qdrant: qdrantOf(set) },
    model: {
      folder: set.MODEL_DIR,
      encoderFolder: set.ENCODER_DIR,
      device: set.DEVICE,
      dtype: set.DTYPE,
      samplingSeed: set.SAMPLING_SEED ?? null,
      threads: set.THREADS,
      keepMemory: set.KEEP_MEMORY,
      decodingConcurrency: set.DECODING_CONCURRENCY,
    },
    hub: {
      endpoint: set.HF_ENDPOINT,
      token: set.HF_TOKEN,
      offline: set.HF_HUB_OFFLINE,
      cache: modelCache(set),
    },
    vlm: toVlmConfig(set),
    limits: {
      questionsAtOnce: set.QUESTIONS_AT_ONCE,
      queue: set.QUEUE_LIMIT,
      questionsPerMinute: set.QUESTIONS_PER_MINUTE,
      requestsPerMinute: set.REQUESTS_PER_MINUTE,
      questionCharacters: set.QUESTION_CHARACTERS,
      imageBytes: set.IMAGE_MEGABYTES * 2 ** 20,
      imagePixels: set.IMAGE_MEGAPIXELS * 1_000_000,
    },
    logLevel: set.LOG_LEVEL,
  };
}

/** Where Hugging Face's own tools would look; they, too, take `~` for the person's folder. */
function modelCache(set: Environment): string {
  const caches = set.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const cache = set.HF_HUB_CACHE ?? join(set.HF_HOME ?? join(caches, "huggingface"), "hub");
  return cache.replace(/^~(?=$|[\\/])/, () => homedir());
}

function asksACore({ ROLE }: Environment): boolean {
  return ROLE !== "all" && ROLE !== "core";
}

/** Of several cores, each would answer every message: only a process that is everything joins, or just that bot. */
function discordOf({ ROLE, DISCORD_TOKEN }: Environment): Config["discord"] {
  return !["all", "discord"].includes(ROLE) || DISCORD_TOKEN === undefined ? null : { token: DISCORD_TOKEN };
}

function qdrantOf(set: Environment): Config["data"]["qdrant"] {
  if (set.QDRANT_URL === undefined) return null;
  return { url: set.QDRANT_URL, apiKey: set.QDRANT_API_KEY, prefix: set.QDRANT_PREFIX };
}

function toVlmConfig(set: Environment): VlmConfig | undefined {
  if (set.VLM_URL === undefined) return undefined;
  return {
    url: set.VLM_URL,
    model: set.VLM_MODEL!,
    apiKey: set.VLM_API_KEY,
    imageSide: set.VLM_IMAGE_SIDE,
    images: set.VLM_IMAGES,
    thoughtTokens: set.VLM_THOUGHT_TOKENS,
    firstWordSeconds: set.VLM_FIRST_WORD_SECONDS,
    idleSeconds: set.VLM_IDLE_SECONDS,
  };
}
