/** The variables by name, with what each must be. `config.ts` makes of them what the parts need. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { DTYPES } from "./domain/model-files.ts";
import { isPlainHttpUrl, oneOf, secret, whole } from "./environment/kinds.ts";
import { slackVariables } from "./environment/slack.ts";
import { slackFaults, slackOf } from "./slack-config.ts";

const starterModel = fileURLToPath(new URL("../models/starter", import.meta.url));

/** The variables by name. `.env.example` explains each of them to people; a test keeps the two in step. */
export const environmentSchema = z.object({
  /** What this process does: everything; answering questions for bots; or one of these, asking a core. */
  ROLE: oneOf(["all", "core", "web", "discord", "slack"]).default("all"),
  /** Where a bot finds its core, or what stands in front of several. */
  CORE_URL: z
    .string()
    .refine(isPlainHttpUrl, "must be like http://core:3000, without user and password")
    .optional(),
  /** What cores and bots of one installation know each other by. A secret: never shown. */
  CORE_TOKEN: secret.optional(),
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
  /** Folder of the model, in Hugging Face's layout; or a model in the cache: `owner/name`, `owner/name@revision`. */
  MODEL_DIR: z.string().default(starterModel),
  /** Another model that sees pictures and reads texts for retrieval, in place of MODEL_DIR's own encoder; named likewise. */
  ENCODER_DIR: z.string().optional(),
  /** Precision of the weights that write answers. */
  DTYPE: oneOf(DTYPES).default("auto"),
  /** Draws words as the model's generation_config.json says, from this seed; without, the likeliest are taken. */
  SAMPLING_SEED: whole(0, 2 ** 32 - 1).optional(),
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
  /** What computes the model: `auto` takes the first GPU that works, else the processor. */
  DEVICE: oneOf(["cpu", "cuda", "webgpu", "coreml", "dml", "auto"]).default("cpu"),
  /** Whether the memory of the largest pass is kept for the next. */
  KEEP_MEMORY: oneOf(["true", "false"])
    .default("true")
    .transform((text) => text === "true"),
  /** Processor threads an operator of the model may use; 0 for one each core. */
  THREADS: whole(0, 256).default(0),
  /** Answers written at the same time. */
  DECODING_CONCURRENCY: whole(1, 64).default(2),
  /** An OpenAI-compatible server that answers in place of the model's own decoder, up to and with the version. */
  VLM_URL: z
    .string()
    .refine(isPlainHttpUrl, "must be like http://localhost:8000/v1, without user and password")
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
  /** Token of a Discord bot, which joins Discord then, in ROLE=all and ROLE=discord. A secret: never shown. */
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "must be a bot's token: three parts with dots between")
    .optional(),
  ...slackVariables,
  /** What people's pseudonyms are made with; without one, a key is made and kept in DATA_DIR. A secret: never shown. */
  PSEUDONYM_KEY: z.string().min(32, "must have at least 32 characters").optional(),
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

/** The same, with what one variable asks of another. */
export const consistentSchema = environmentSchema
  .refine(({ VLM_URL, VLM_MODEL }) => VLM_URL === undefined || VLM_MODEL !== undefined, {
    path: ["VLM_MODEL"],
    message: "must name a model of the server at VLM_URL",
  })
  .refine(({ ROLE, CORE_URL }) => ROLE === "all" || ROLE === "core" || CORE_URL !== undefined, {
    path: ["CORE_URL"],
    message: "must say where the core is that answers the questions of this role",
  })
  .refine(({ ROLE, DATABASE_URL }) => !["discord", "slack"].includes(ROLE) || DATABASE_URL !== undefined, {
    path: ["DATABASE_URL"],
    message: "must be the cores' database, where a bot remembers what it has answered",
  })
  .refine(({ ROLE, DISCORD_TOKEN }) => ROLE !== "discord" || DISCORD_TOKEN !== undefined, {
    path: ["DISCORD_TOKEN"],
    message: "must be the token of the bot that ROLE=discord is",
  })
  .refine(({ ROLE, CORE_TOKEN }) => ROLE === "all" || CORE_TOKEN !== undefined, {
    path: ["CORE_TOKEN"],
    message: "must be the secret, at least 16 characters, that cores and bots share",
  })
  .refine((set) => set.ROLE !== "slack" || slackOf(set) !== null, {
    path: ["SLACK_BOT_TOKEN"],
    message:
      "must be the token of the app that ROLE=slack is, or what OAuth needs; docs/slack.md leads there",
  })
  .superRefine((set, context) => {
    for (const { variable, message } of slackFaults(set))
      context.addIssue({ code: "custom", path: [variable], message });
  });

export type Environment = z.infer<typeof environmentSchema>;
