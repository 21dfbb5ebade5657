import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../../../src/adapters/prisma/folder-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const holder = {
  pid: process.pid,
  host: hostname(),
  processStart: "1",
  since: "2026-01-01T00:00:00.000Z",
  token: "x",
};
const lockFile = () => join(folder, "rora.lock");

describe("a folder's lock", () => {
  it("keeps out everybody else until it is released, and leaves nothing behind", async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      name: "RoraError",
      code: "unavailable",
      message: expect.stringMatching(/in use by this very process .* Stop that one first/),
    });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockFolder(folder)).release();
  });

  it("makes the folder", async () => {
    await (await lockFolder(join(folder, "new", "folder"))).release();
  });

  it("is taken over from a process that is gone", async () => {
    await writeFile(lockFile(), JSON.stringify({ ...holder, pid: 2 ** 30 }));
    await (await lockFolder(folder)).release();
  });

  it.runIf(process.platform === "linux")(
    "is taken over when its pid now belongs to another process",
    async () => {
      await writeFile(lockFile(), JSON.stringify(holder));
      await (await lockFolder(folder)).release();
    },
  );

  it("is respected when the system does not say when its process started", async () => {
    await writeFile(lockFile(), JSON.stringify({ ...holder, processStart: null }));
    await expect(lockFolder(folder)).rejects.toThrow(/in use/);
  });

  it.each(["", '{"pid": 1', "null", "42"])("is taken over when its file says %j", async (text) => {
    await writeFile(lockFile(), text);
    await (await lockFolder(folder)).release();
  });

  it("is respected when a process on another host touched it a moment ago", async () => {
    await writeFile(lockFile(), JSON.stringify({ ...holder, host: "another-container" }));
    await expect(lockFolder(folder)).rejects.toThrow(/machine or container another-container/);
  });

  it("is taken over when that process has been silent for a minute", async () => {
    await writeFile(lockFile(), JSON.stringify({ ...holder, host: "another-container" }));
    const longAgo = new Date(Date.now() - 61_000);
    await utimes(lockFile(), longAgo, longAgo);
    await (await lockFolder(folder)).release();
  });

  it("goes to one of many that want it at once, even if it was stale", async () => {
    for (let round = 0; round < 50; round++) {
      await writeFile(lockFile(), JSON.stringify({ ...holder, pid: 2 ** 30 }));
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
      const taken = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect(taken).toHaveLength(1);
      await taken[0]!.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it("is taken over even if another process died while it was taking it over", async () => {
    const stale = JSON.stringify({ ...holder, pid: 2 ** 30 });
    await writeFile(lockFile(), stale);
    const claim = createHash("sha256").update(stale).digest("hex").slice(0, 16);
    await writeFile(`${lockFile()}.${claim}`, JSON.stringify({ ...holder, pid: 2 ** 30 - 1 }));
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is not released by one who lost it", async () => {
    const lock = await lockFolder(folder);
    await writeFile(lockFile(), JSON.stringify({ ...holder, host: "another-container" }));
    await lock.release();
    await expect(lockFolder(folder)).rejects.toThrow(/another-container/);
  });

  it("says so when the folder cannot be written to", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(lockFolder(join(folder, "file"))).rejects.toMatchObject({ code: "unavailable" });
  });
});
