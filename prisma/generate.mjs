/**
 * Writes the typed database client to src/generated/prisma when the schema or Prisma itself has changed.
 * Plain JavaScript, because it must run before anything else does.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const clientFile = inProject("src/generated/prisma/client.ts");
const stampFile = inProject("src/generated/prisma/.made-from");

let prismaPackageFile;
try {
  prismaPackageFile = createRequire(import.meta.url).resolve("prisma/package.json");
} catch {
  console.error("Prisma is not installed: run `npm ci` first.");
  process.exit(1);
}
const prismaPackage = JSON.parse(readFileSync(prismaPackageFile, "utf8"));
const stamp = createHash("sha256")
  .update(readFileSync(inProject("prisma/schema.prisma")))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(prismaPackage.version)
  .digest("hex");

const upToDate = existsSync(clientFile) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
if (!upToDate) {
  const command = resolve(dirname(prismaPackageFile), prismaPackage.bin.prisma);
  const result = spawnSync(process.execPath, [command, "generate"], {
    cwd: inProject("."),
    encoding: "utf8",
    env: {
      ...process.env,
      // Generating needs no engine, yet Prisma downloads one unless told of a program that could be it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`);
    console.error("The database client could not be made from prisma/schema.prisma; the reason is above.");
    console.error(
      "If packages are missing, run `npm ci`; if the schema is at fault, mend it and run `npm run generate`.",
    );
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
