/** Everything that can be set from outside, read once. Nothing else touches process.env. */
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { RoraError } from "./errors.ts";

const starterModel = fileURLToPath(new URL("../models/starter", import.meta.url));

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

/** A key in the address would end up in messages and logs. */
const isPlainHttpUrl = (text: string) => {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
};

/** The variables by name. `.env.example` explains each of them to people; a test keeps the two in step. */
export const environmentSchema = z.object({
  /** Address the web chat listens on; `0.0.0.0` for all. */
  HOST: z.string().default("127.0.0.1"),
  /** Port the web chat listens on; 0 takes a free one. */
  PORT: whole(0, 65_535).default(3000),
  /** Host names, separated by commas, under which the web chat may be reached besides localhost; `*` for any. */
  ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((host) => host.trim())
        .filter((host) => host !== ""),
    ),
  /** Lets whoever holds it teach entities through the HTTP interface; nobody without it. A secret: never shown. */
  ADMIN_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  /** Whether a reverse proxy in front sets X-Forwarded-For and X-Forwarded-Proto. */
  TRUST_PROXY: oneOf(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  /** Folder for the embedded database and what else is kept. */
  DATA_DIR: z.string().default("data"),
  /** A PostgreSQL server with pgvector, in place of the embedded database. Holds a password: never shown. */
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
      "must be like postgresql://user:password@host:5432/name",
    )
    .optional(),
  /** A Qdrant server for the vectors, in place of pgvector. */
  QDRANT_URL: z
    .string()
    .refine(isPlainHttpUrl, "must be like https://host:6333, without a user name or password")
    .optional(),
  /** What that server asks for. A secret: never shown. */
  QDRANT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without blanks")
    .optional(),
  /** Beginning of the names of the collections in it. */
  QDRANT_PREFIX: z
    .string()
    .regex(/^[\w-]{1,100}$/, "must be up to 100 letters, digits, _ and -")
    .default("rora_"),
  /** Folder of the model, in Hugging Face's layout, with critic.json; or a model in the cache: `owner/name`, `owner/name@revision`. */
  MODEL_DIR: z.string().default(starterModel),
  /** The hub that models are downloaded from. */
  HF_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be like https://huggingface.co" })
    .default("https://huggingface.co")
    .transform((url) => url.replace(/\/+$/, "")),
  /** Lets in to private and gated models. A secret: never shown. */
  HF_TOKEN: z
    .string()
    .regex(/^hf_\w+$/, "must be a token of the hub, which begins with hf_")
    .optional(),
  /** Asks nothing of the hub; read as its own tools read it. */
  HF_HUB_OFFLINE: z
    .string()
    .default("0")
    .transform((text) => /^(1|on|yes|true)$/i.test(text)),
  /** Folder of Hugging Face's tools; the cache of models is `hub` in it. */
  HF_HOME: z.string().optional(),
  /** Folder of the cache of models itself. */
  HF_HUB_CACHE: z.string().optional(),
  /** Folder of everybody's caches; HF_HOME is `huggingface` in it. */
  XDG_CACHE_HOME: z.string().optional(),
  /** Processor threads an operator of the model may use; 0 for one each core. */
  THREADS: whole(0, 256).default(0),
  /** Answers written at the same time. */
  DECODING_CONCURRENCY: whole(1, 64).default(2),
  /** An OpenAI-compatible server that answers in place of the model's own decoder, up to and with the version. */
  VLM_URL: z
    .string()
    .refine(isPlainHttp, "must be like http://localhost:8000/v1, without user and password")
    .optional(),
  /** Name of the vision-language model on that server. */
  VLM_MODEL: z.string().optional(),
  /** Key of that server, if it wants one. A secret: never shown. */
  VLM_API_KEY: z.string().optional(),
  /** Longest side of the pictures it gets, in pixels. */
  VLM_IMAGE_SIDE: whole(112, 4096).default(768),
  /** Most pictures it gets with one question. */
  VLM_IMAGES: whole(1, 64).default(6),
  /** Tokens it may use besides the answer's: for JSON, and for thoughts, which are not shown. */
  VLM_THOUGHT_TOKENS: whole(16, 100_000).default(1024),
  /** Seconds it may take until the first word, and between two words; after 300, Node's fetch gives up by itself. */
  VLM_FIRST_WORD_SECONDS: whole(1, 300).default(90),
  VLM_IDLE_SECONDS: whole(1, 300).default(30),
  /** Questions worked on at the same time. */
  QUESTIONS_AT_ONCE: whole(1, 256).default(4),
  /** Questions that may wait beyond those; further ones are told that Rora is busy. */
  QUEUE_LIMIT: whole(0, 10_000).default(32),
  /** Questions and feedback one client may send in a minute. */
  QUESTIONS_PER_MINUTE: whole(1, 100_000).default(20),
  /** All requests to the interface one client may send in a minute. */
  REQUESTS_PER_MINUTE: whole(1, 1_000_000).default(600),
  /** Most characters of a question. */
  QUESTION_CHARACTERS: whole(1, 10_000).default(1000),
  /** Largest picture, in megabytes. */
  IMAGE_MEGABYTES: whole(1, 100).default(20),
  /** Largest picture, in millions of pixels. */
  IMAGE_MEGAPIXELS: whole(1, 1000).default(50),
  /** Seconds that running questions may take when Rora is stopped. */
  DRAIN_SECONDS: whole(0, 3600).default(20),
  /** What is logged: this and what is graver. */
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

const consistentSchema = environmentSchema.refine(
  ({ VLM_URL, VLM_MODEL }) => VLM_URL === undefined || VLM_MODEL !== undefined,
  { path: ["VLM_MODEL"], message: "must name a model of the server at VLM_URL" },
);

/** Keys belong into a variable of their own, which is never shown. */
function isPlainHttp(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

type Environment = z.infer<typeof environmentSchema>;

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
  readonly web: {
    readonly hostname: string;
    readonly port: number;
    readonly allowedHosts: readonly string[];
    readonly adminToken?: string | undefined;
    readonly trustProxy: boolean;
    readonly drainSeconds: number;
  };
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
  readonly model: { readonly folder: string; readonly threads: number; readonly decodingConcurrency: number };
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
    web: {
      hostname: set.HOST,
      port: set.PORT,
      allowedHosts: set.ALLOWED_HOSTS,
      adminToken: set.ADMIN_TOKEN,
      trustProxy: set.TRUST_PROXY,
      drainSeconds: set.DRAIN_SECONDS,
    },
    data: { folder: set.DATA_DIR, databaseUrl: set.DATABASE_URL, qdrant: qdrantOf(set) },
    model: { folder: set.MODEL_DIR, threads: set.THREADS, decodingConcurrency: set.DECODING_CONCURRENCY },
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
