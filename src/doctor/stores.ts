/** Database, knowledge and index. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createClosers } from "../closers.ts";
import type { Config } from "../config.ts";
import { openStores, type Stores } from "../start/stores.ts";
import { type Check, plainly } from "./check.ts";

/** `encoderId` is null when the model cannot be used. */
export async function examineStores(
  config: Config,
  running: boolean,
  encoderId: string | null,
): Promise<Check[]> {
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
