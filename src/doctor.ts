/** Looks at everything Rora needs and says what is wrong and what to do. Changes nothing. */
import type { Config } from "./config.ts";
import { examineChats } from "./doctor/chats.ts";
import { type Check, plainly, secretDetail } from "./doctor/check.ts";
import { examineCore } from "./doctor/core.ts";
import { examineAllDevices } from "./doctor/devices.ts";
import { listModelFiles, runModel } from "./doctor/model.ts";
import { nodeVersion } from "./doctor/node-version.ts";
import { portCheck } from "./doctor/port.ts";
import { examineStores } from "./doctor/stores.ts";
import { modelFolder } from "./start/model.ts";
import { openQdrant } from "./start/stores.ts";

export type { Check };

/** Yields a check as soon as it is done; `signal` ends it between two. */
export async function* examine(config: Config, { signal }: { signal: AbortSignal }): AsyncGenerator<Check> {
  yield nodeVersion(process.versions.node);
  yield { state: "note", name: "ROLE", detail: config.role };
  if (config.core !== null) {
    yield* await plainly("Core", () => examineCore(config));
    yield await portCheck(config);
    yield* examineChats(config);
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
  yield* examineAllDevices();
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
  yield* examineChats(config);
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
