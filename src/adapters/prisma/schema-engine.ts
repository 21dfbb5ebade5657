/** Prisma's schema engine as WebAssembly: needs no downloaded program and works through a driver adapter. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

/** The two exports of the module that its type declarations leave out. */
interface EngineInternals {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loaded: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  // Node cannot import .wasm files as modules without a flag, so the engine's glue code is instantiated by hand.
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    "./schema_engine_bg.js": engineModule as unknown as WebAssembly.ModuleImports,
  });
  (engineModule as unknown as EngineInternals).__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** Opens a schema engine on a database; `datamodel` (path, text) is needed only to compare against it. */
export async function openSchemaEngine(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  datamodel?: [path: string, text: string],
): Promise<engineModule.SchemaEngine> {
  loaded ??= loadEngine();
  await loaded;
  return engineModule.SchemaEngine.new(
    { datamodels: datamodel === undefined ? undefined : [datamodel] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  );
}
