/** The key people's pseudonyms are made with: given, or made once and kept beside the database. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { RoraError } from "./errors.ts";

/** Throws RoraError `unavailable` when the data folder cannot be used. */
export async function pseudonymKey({
  pseudonymKey: given,
  data,
}: Pick<Config, "pseudonymKey" | "data">): Promise<Uint8Array> {
  if (given !== null) return Buffer.from(given);
  const path = join(data.folder, "pseudonym-key");
  try {
    await mkdir(data.folder, { recursive: true });
    // `wx` fails where there is one: two starts at once agree on the first one's.
    await writeFile(path, randomBytes(32).toString("hex"), { flag: "wx", mode: 0o600 }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      },
    );
    return await readFile(path);
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      `The file ${path} cannot be used: check its owner and its rights, or set PSEUDONYM_KEY.`,
      { cause },
    );
  }
}
