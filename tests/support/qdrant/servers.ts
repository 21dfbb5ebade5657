import { randomUUID } from "node:crypto";
import { QdrantClient } from "@qdrant/js-client-rest";
import { afterAll, describe, it } from "vitest";
import { createQdrantIndex, type QdrantOptions } from "../../../src/adapters/qdrant/qdrant-index.ts";
import type { RebuildableIndex } from "../../../src/ports.ts";
import { startLoopbackQdrant } from "./loopback.ts";

export interface TestIndex {
  readonly index: RebuildableIndex;
  readonly options: QdrantOptions;
  /** Removes its collections, and with them the aliases. */
  clear(): Promise<void>;
}

/** An index under a prefix of its own. */
async function openIndex(url: string, apiKey?: string): Promise<TestIndex> {
  const options = { url, apiKey, prefix: `rora_test_${randomUUID()}_` };
  const headers = apiKey === undefined ? {} : { "api-key": apiKey };
  const client = new QdrantClient({ url, headers, checkCompatibility: false });
  const clear = async () => {
    const { collections } = await client.getCollections();
    for (const { name } of collections)
      if (name.startsWith(options.prefix)) await client.deleteCollection(name);
  };
  afterAll(clear);
  return { index: createQdrantIndex(options), options, clear };
}

/** Runs a suite on a Qdrant in memory and, when QDRANT_URL is set, on that server too. */
export function describeOnEachQdrant(title: string, suite: (open: () => Promise<TestIndex>) => void): void {
  describe(`${title} on a loopback Qdrant`, () =>
    suite(async () => {
      const server = await startLoopbackQdrant();
      afterAll(() => server.goDown());
      return openIndex(server.url);
    }));
  const url = process.env.QDRANT_URL;
  describe(`${title} on a Qdrant server`, () => {
    if (url !== undefined) suite(() => openIndex(url, process.env.QDRANT_API_KEY));
    else it.skip("needs QDRANT_URL (tests/support/qdrant.sh start prints one)");
  });
}
