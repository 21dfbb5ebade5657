import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { pseudonymKey } from "../../src/pseudonym-key.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-key-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("a key is made once, for its owner alone, and found again", async () => {
  const config = readConfig({ DATA_DIR: join(folder, "data") });
  const keys = await Promise.all([pseudonymKey(config), pseudonymKey(config)]);
  expect(keys[0]!.length).toBeGreaterThanOrEqual(32);
  expect(keys[1]).toEqual(keys[0]);
  expect(await pseudonymKey(config)).toEqual(keys[0]);
  expect((await stat(join(folder, "data", "pseudonym-key"))).mode & 0o077).toBe(0);
});

it("a key that is given is used, and none is made", async () => {
  const given = "a key that somebody has chosen with care";
  const config = readConfig({ DATA_DIR: folder, PSEUDONYM_KEY: given });
  expect(Buffer.from(await pseudonymKey(config)).toString()).toBe(given);
  expect(await readdir(folder)).toEqual([]);
});
