import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
let folder: string;
let volume: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rora-backup-"));
  volume = join(folder, "volume");
  mkdirSync(join(volume, "rora/database"), { recursive: true });
  writeFileSync(join(volume, "rora/database/base"), "what was learnt");
  writeFileSync(join(volume, ".hidden"), "a note");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script of docker/ with an engine that runs nothing but the script's own commands. */
function run(script: string, input: Buffer | "ignore", ...words: string[]) {
  const log = join(folder, "engine.log");
  const { status, stdout } = spawnSync(inProject(`docker/${script}`), words, {
    env: {
      ...process.env,
      PATH: `${inProject("tests/docker/bin")}:${process.env.PATH}`,
      VOLUME: volume,
      ENGINE_LOG: log,
    },
    ...(input === "ignore" ? {} : { input }),
    maxBuffer: 2 ** 24,
  });
  return { status, stdout, said: readFileSync(log, "utf8").trim().split("\n") };
}

const files = () => readdirSync(volume, { recursive: true }).sort();

describe("a backup", () => {
  it("is taken while Rora stands still, and brings back what was there and nothing else", () => {
    const before = files();
    const backup = run("backup.sh", "ignore");
    expect(backup.status).toBe(0);
    expect(backup.said.map((line) => line.split(" ")[0])).toEqual(["stop", "run", "start"]);

    rmSync(join(volume, ".hidden"));
    writeFileSync(join(volume, "rora/database/base"), "spoilt");
    writeFileSync(join(volume, "later"), "came afterwards");
    expect(run("restore.sh", backup.stdout).status).toBe(0);
    expect(files()).toEqual(before);
    expect(readFileSync(join(volume, "rora/database/base"), "utf8")).toBe("what was learnt");
  });

  it("that fails says so, and Rora runs again", () => {
    rmSync(volume, { recursive: true });
    const { status, said } = run("backup.sh", "ignore");
    expect(status).not.toBe(0);
    expect(said.at(-1)).toBe("start rora");
  });

  it("that was cut off leaves what is there, and Rora stopped for somebody to look", () => {
    const whole = run("backup.sh", "ignore").stdout;
    const before = files();
    const { status, said } = run("restore.sh", whole.subarray(0, whole.length / 2));
    expect(status).not.toBe(0);
    expect(files().filter((file) => !String(file).startsWith(".restored"))).toEqual(before);
    expect(said.at(-1)).toMatch(/^run/);
  });
});
