/** What the tests of this folder share: a loopback hub with one model, and an empty cache. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hub } from "../../../../src/adapters/hub/hub.ts";
import { createModelHub } from "../../../../src/adapters/hub/model-hub.ts";
import type { Dtype } from "../../../../src/domain/model-files.ts";
import { type LoopbackHub, startLoopbackHub } from "../../../support/loopback-hub.ts";
import { type Files, filesOf, type LoopbackModel, modelOf } from "../../../support/loopback-model.ts";

export const tinyFiles: Files = await filesOf(
  fileURLToPath(new URL("../../../fixtures/tiny", import.meta.url)),
);
export const graph = "onnx/decoder_model_merged.onnx";

export interface Place {
  readonly remote: LoopbackHub;
  readonly model: LoopbackModel;
  readonly cache: string;
  /** Our side of it. */
  hub(more?: Partial<Hub>): ReturnType<typeof createModelHub>;
  /** Plans and pulls `owner/tiny`; the bytes that were downloaded. */
  pull(
    name?: string,
    options?: { dtype?: Dtype; more?: Partial<Hub>; signal?: AbortSignal },
  ): Promise<number>;
  /** Contents that were asked for: `config.json`, or the range of a graph. */
  downloads(): string[];
  close(): Promise<void>;
}

export async function openPlace(files: Files = tinyFiles): Promise<Place> {
  const model = modelOf(files);
  const remote = await startLoopbackHub({ "owner/tiny": model });
  const cache = await mkdtemp(join(tmpdir(), "rora-test-"));
  const hub = (more: Partial<Hub> = {}) =>
    createModelHub({ endpoint: remote.endpoint, offline: false, cache, ...more });
  return {
    remote,
    model,
    cache,
    hub,
    async pull(name = "owner/tiny", { dtype = "auto", more, signal = new AbortController().signal } = {}) {
      const plan = await hub(more).plan(name, { dtype, signal });
      return hub(more).pull(plan, { signal });
    },
    downloads: () => remote.requests.filter(({ path }) => !path.startsWith("/api/")).map(({ path }) => path),
    async close() {
      await remote.close();
      await rm(cache, { recursive: true, force: true });
    },
  };
}
