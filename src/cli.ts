/** The command `rora`: `npm run rora -- --help`. */
import { defineCommand, runMain } from "citty";
import { runAsk } from "./cli/ask.ts";
import { runInvite, runRegister } from "./cli/discord.ts";
import { runDoctor } from "./cli/doctor.ts";
import { runIngest } from "./cli/ingest.ts";
import { runList, runPull, runRemove, runVerify } from "./cli/models.ts";
import { runManifest } from "./cli/slack.ts";
import { DTYPES, type Dtype } from "./domain/model-files.ts";
import { runProgram, stopSignal } from "./stopping.ts";

/** A command's work, with the signal that ends it and faults told in plain words. */
function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = stopSignal();
  return runProgram(() => work(stop), stop);
}

const ask = defineCommand({
  meta: {
    name: "ask",
    description:
      'Ask about a picture, or by text alone: ask photo.jpg "What is the capital?" · ask - "…" < photo.jpg · ask "What is the capital of Chad?"',
  },
  args: {
    image: {
      type: "positional",
      required: false,
      description:
        "File of the picture; - reads it from standard input; left out, the question goes by text alone",
    },
    question: { type: "positional", required: false, description: "The question, in quotation marks" },
    json: { type: "boolean", description: "Print the whole reply as JSON" },
  },
  run: ({ args }) => run((signal) => runAsk(args._, { json: args.json === true, signal })),
});

const atlas = defineCommand({
  meta: { name: "atlas", description: "The starter knowledge: every country and territory with its flag" },
  args: {
    rebuild: {
      type: "boolean",
      description: "Build the index anew, for instance after a change of the model",
    },
  },
  run: ({ args }) => run((signal) => runIngest({ rebuild: args.rebuild === true, signal })),
});

const ingest = defineCommand({
  meta: { name: "ingest", description: "Put knowledge into the database; what is there already stays" },
  subCommands: { atlas },
});

const doctor = defineCommand({
  meta: {
    name: "doctor",
    description: "Check what is configured, reachable and missing, and say what to do about it",
  },
  run: () => run(runDoctor),
});

const model = {
  type: "positional",
  required: true,
  description: "owner/name, or owner/name@revision",
} as const;

const pull = defineCommand({
  meta: {
    name: "pull",
    description: "Download a model from the hub; goes on where it was cut off, repairs what is damaged",
  },
  args: {
    model,
    dtype: {
      type: "enum",
      options: [...DTYPES],
      default: "auto",
      description: "Precision of the weights; auto takes the smallest well-tried one",
    },
  },
  run: ({ args }) => run((signal) => runPull(args.model, { dtype: args.dtype as Dtype, signal })),
});

const list = defineCommand({
  meta: { name: "list", description: "What is in the cache, and which models were tried" },
  run: () => run(runList),
});

const verify = defineCommand({
  meta: {
    name: "verify",
    description: "Compare every file with its hash, and the list of files with the hub's",
  },
  args: { model: { ...model, required: false, description: `${model.description}; left out, all models` } },
  run: ({ args }) => run((signal) => runVerify(args.model, signal)),
});

const remove = defineCommand({
  meta: {
    name: "remove",
    description: "Delete a model from the cache, at once; with @revision that one alone",
  },
  args: { model },
  run: ({ args }) => run((signal) => runRemove(args.model, signal)),
});

const models = defineCommand({
  meta: { name: "models", description: "Models of the Hugging Face hub, in the cache its own tools use" },
  subCommands: { pull, list, verify, remove },
});

const register = defineCommand({
  meta: {
    name: "register",
    description: "Register the commands where they have changed; every start does the same for all servers",
  },
  args: {
    guild: { type: "string", description: "Id of one server, where changes show at once: for development" },
  },
  run: ({ args }) => run(() => runRegister({ guild: args.guild })),
});

const invite = defineCommand({
  meta: {
    name: "invite",
    description: "Print the link that installs the bot, with the permissions it needs",
  },
  run: () => run(runInvite),
});

const discord = defineCommand({
  meta: { name: "discord", description: "The Discord bot of DISCORD_TOKEN: see docs/discord.md" },
  subCommands: { register, invite },
});

const manifest = defineCommand({
  meta: {
    name: "manifest",
    description:
      "Print the manifest that Slack makes the app from; as it is in slack/manifest.yaml, for Socket Mode",
  },
  args: {
    url: {
      type: "string",
      description: "Public address of the web chat (https://…): for HTTP, and for installing by OAuth",
    },
    socket: { type: "boolean", description: "Socket Mode nevertheless: the address is for OAuth alone" },
  },
  run: ({ args }) => run(() => runManifest({ url: args.url, socket: args.socket === true })),
});

const slack = defineCommand({
  meta: { name: "slack", description: "The Slack app: see docs/slack.md" },
  subCommands: { manifest },
});

const rora = defineCommand({
  meta: {
    name: "rora",
    description: "Ask about a picture. Configured by environment variables or .env: see .env.example",
  },
  subCommands: { ask, ingest, models, discord, slack, doctor },
});

await runMain(rora);
