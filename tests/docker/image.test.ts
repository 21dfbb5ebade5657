import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { chmod, readdir, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltImage, buildImage, inImage, isRoot, makeReadOnly } from "../support/built-image.ts";
import { parseDockerfile } from "../support/dockerfile.ts";

const MINUTES = 60_000;
const dockerfile = readFileSync(new URL("../../docker/Dockerfile", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "rora-image-"));
let image: BuiltImage;
let environment: Record<string, string>;
let program: ChildProcess | undefined;

/** Runs a command of the image as its user, with nothing of this machine's environment. */
function inContainer(words: readonly string[]): ChildProcess {
  const [command, ...rest] = words;
  return spawn(join(image.root, "usr/local/bin", command!), rest, {
    cwd: image.workingFolder,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
    ...(isRoot ? { uid: image.user, gid: image.user } : {}),
  });
}

const exitOf = async (child: ChildProcess) => (await once(child, "exit"))[0] as number | null;
const setting = (name: string) => JSON.parse(/\[.*\]$/.exec(image.settings.get(name)!)![0]) as string[];
const health = () => exitOf(inContainer(setting("HEALTHCHECK")));

/** Names, sizes and times of all files. */
async function listing(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(root, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return String(port);
}

beforeAll(async () => {
  await chmod(folder, 0o755);
  image = buildImage(parseDockerfile(dockerfile), folder);
  makeReadOnly(image.workingFolder);
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  await chmod(temporary, 0o777);
  const settings = Object.entries(image.environment).map(([name, value]) => [
    name,
    inImage(image.root, value),
  ]);
  environment = { ...Object.fromEntries(settings), TMPDIR: temporary, PORT: await freePort() };
}, 15 * MINUTES);

afterAll(() => {
  program?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}, 10 * MINUTES);

describe("the image", () => {
  it("runs as somebody without rights, by node itself", () => {
    expect(image.user).toBeGreaterThan(0);
    expect(setting("ENTRYPOINT")[0]).toBe("node");
  });

  it("holds no tools of development and no secrets", async () => {
    const packages = await readdir(join(image.workingFolder, "node_modules"));
    expect(packages).not.toContain("vitest");
    expect(packages).not.toContain("dclint");
    expect((await readdir(image.workingFolder)).filter((name) => name.startsWith(".env"))).toEqual([]);
  });

  it("is not healthy while nothing runs", async () => {
    expect(await health()).toBe(1);
  });

  it("starts with a read-only root, is healthy, and stops in order", { timeout: 10 * MINUTES }, async () => {
    const before = await listing(image.workingFolder);
    program = inContainer([...setting("ENTRYPOINT"), ...setting("CMD")]);
    const ended = exitOf(program);
    const ready = new Promise<void>((resolve) => {
      program!.stdout!.on("data", (data: Buffer) => data.includes("Rora is ready") && resolve());
    });
    await Promise.race([
      ready,
      ended.then((code) => {
        throw new Error(`It ended with ${code} before it was ready.`);
      }),
    ]);
    expect(await health()).toBe(0);
    program.kill(image.settings.get("STOPSIGNAL") as NodeJS.Signals);
    expect(await ended).toBe(0);
    expect(await listing(image.workingFolder)).toEqual(before);
    expect(await readdir(inImage(image.root, "/data"))).toEqual(["rora"]);
  });
});
