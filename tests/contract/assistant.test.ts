import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createWebServer } from "../../bots/web/main.ts";
import { createRemoteCore } from "../../src/adapters/http/remote-core.ts";
import { createAdmission } from "../../src/admission.ts";
import { createAssistant } from "../../src/assistant.ts";
import { DEFAULT_SETTINGS } from "../../src/assistant-parts.ts";
import { createClosers } from "../../src/closers.ts";
import { readConfig } from "../../src/config.ts";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Question } from "../../src/domain/question.ts";
import { ingest } from "../../src/knowledge/ingest.ts";
import { createLog } from "../../src/log.ts";
import { openModel } from "../../src/start/model.ts";
import { openStores } from "../../src/start/stores.ts";
import { coreWebOptions } from "../../src/start/web.ts";
import { scriptedKnowledge } from "../support/scripted-knowledge.ts";
import { type AssistantPlace, assistantContract } from "./assistant.contract.ts";

const token = "what-bots-and-cores-share";
const closers = createClosers();
afterAll(() => closers.close());

/** A core that knows four countries, and the way to it over HTTP. */
async function open() {
  const folder = await mkdtemp(join(tmpdir(), "rora-test-"));
  closers.add(() => rm(folder, { recursive: true, force: true }));
  const config = readConfig({
    ROLE: "core",
    CORE_TOKEN: token,
    DATA_DIR: folder,
    PORT: "0",
    DRAIN_SECONDS: "0",
  });
  const stores = await openStores(config, closers);
  await stores.database.migrate();
  const model = await openModel(config, closers);
  const { imageEncoder, textEncoder, knowledgeDecoder: decoder } = model;
  const { store, index, database } = stores;
  await ingest(scriptedKnowledge, { store, index, decoder, imageEncoder, textEncoder });

  const local = createAssistant({ ...model, ...stores, settings: DEFAULT_SETTINGS });
  const admission = createAdmission(local, { atOnce: 4, queueLimit: 32 });
  const core = { assistant: local, stores, model };
  const server = createWebServer(coreWebOptions(core, admission, config, createLog("silent")));
  const { url } = await server.start();
  closers.add(server.stop);
  const kept = (id: string) => database.client.interaction.count({ where: { id, status: "completed" } });
  return { local, remote: createRemoteCore({ url, token }).assistant, knowledge: store, kept };
}
let opening: ReturnType<typeof open> | undefined;
const opened = () => (opening ??= open());

const place = async (which: "local" | "remote"): Promise<AssistantPlace> => {
  const { [which]: assistant, ...rest } = await opened();
  return { assistant, ...rest };
};
describe("the assistant in the process", () => assistantContract(() => place("local")));
describe("the assistant over HTTP", () => assistantContract(() => place("remote")));

describe("both", () => {
  it("tell the same, to the last number", async () => {
    const { local, remote } = await opened();
    const asker = { tenant: "t", pseudonym: "p" };
    const [one, two] = await Promise.all(
      [local, remote].map(async (assistant, number) => {
        const events: AssistantEvent[] = [];
        const text = "Which money do people use in Andorra?";
        const question: Question = { id: `both-${number}`, text, asker, platform: "web" };
        for await (const event of assistant.ask(question, { signal: new AbortController().signal }))
          events.push(event);
        return events;
      }),
    );
    const timeless = (events: readonly AssistantEvent[]) =>
      events.map((event) =>
        event.kind === "answer-end"
          ? { ...event, reply: { ...event.reply, timings: null, interactionId: null, conversation: null } }
          : event,
      );
    expect(timeless(two!)).toEqual(timeless(one!));
  });
});
