import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/adapters/prisma/database.ts";
import { createLedger } from "../../../src/adapters/prisma/ledger.ts";
import { sha256 } from "../../support/replies.ts";

const program = fileURLToPath(new URL("../../support/accepting-process.ts", import.meta.url));
const asker = { tenant: "t", pseudonym: "p" };

let folder: string;
let child: ChildProcessWithoutNullStreams | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rora-test-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** Runs the program on the folder until it has printed so many lines, kills it as the kernel would, and gives the lines. */
async function runAndKill(firstNumber: number, enough: number): Promise<string[]> {
  child = spawn(process.execPath, ["--import", "tsx", program, folder, String(firstNumber)]);
  const faults: string[] = [];
  child.stderr.on("data", (data) => faults.push(String(data)));
  const exited = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === enough) child.kill("SIGKILL");
  }
  await exited;
  if (lines.length < enough) throw new Error(`The program ended early: ${faults.join("")}`);
  return lines;
}

describe("the embedded database", () => {
  it("has everything that was acknowledged when its process was killed, twice over", async () => {
    const acknowledged: string[] = [];
    for (const run of [0, 1]) acknowledged.push(...(await runAndKill(run * 1_000_000, 40 + run * 7)));

    const database = await openDatabase({ folder });
    const ledger = createLedger(database.client);
    const ids = (did: string) =>
      acknowledged.filter((line) => line.startsWith(did)).map((line) => line.split(" ")[1]!);
    expect(ids("judged").length).toBeGreaterThan(20);
    const accepted = await database.client.interaction.findMany({ where: { id: { in: ids("accepted") } } });
    expect(accepted).toHaveLength(ids("accepted").length);
    for (const id of ids("completed")) {
      const kept = await ledger.interaction(id, "t");
      expect(kept!.reply.candidates).toHaveLength(4);
      const bytes = new TextEncoder().encode(id);
      expect(await ledger.image(sha256(bytes), "t")).toEqual({ bytes });
    }
    const judged = await database.client.feedback.findMany({
      where: { interactionId: { in: ids("judged") } },
    });
    expect(judged).toHaveLength(ids("judged").length);
    // What was under way when the kill came is there as a whole or not at all.
    const halfDone = await database.client.interaction.findMany({
      where: { status: "completed", candidates: { none: {} } },
    });
    expect(halfDone).toEqual([]);
    // It still works, and remembers what it had seen.
    const seen = { id: ids("accepted")[0]!, text: "?", asker, platform: "cli" as const };
    const conversation = { id: "c", tenant: "t", imageSha256: null, entityId: null, turns: 0 };
    expect(await ledger.accept(seen, conversation)).toBe(false);
    await database.close();
  });

  it("refuses a second process, says which one holds the folder, and opens once that is gone", async () => {
    child = spawn(process.execPath, ["--import", "tsx", program, folder]);
    const opened = once(createInterface({ input: child.stdout }), "line");
    expect((await opened)[0]).toBe("open");
    await expect(openDatabase({ folder })).rejects.toMatchObject({
      name: "RoraError",
      code: "unavailable",
      message: expect.stringMatching(
        new RegExp(`in use by process ${child.pid} since .*Stop that one first`),
      ),
    });
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    const database = await openDatabase({ folder });
    await database.close();
  });

  it("begins anew where its making was cut short", async () => {
    await mkdir(join(folder, "database.new"));
    await writeFile(join(folder, "database.new", "PG_VERSION"), "18\n");
    const database = await openDatabase({ folder });
    expect(await database.migrate()).not.toEqual([]);
    await database.close();
    expect((await readdir(folder)).sort()).toEqual(["database"]);
  });

  it("says in plain words that the database is damaged", async () => {
    await (await openDatabase({ folder })).close();
    await writeFile(join(folder, "database", "PG_VERSION"), "7\n");
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: "unavailable", name: "RoraError" });
  });
});
