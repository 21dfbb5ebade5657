import { PassThrough } from "node:stream";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createProgress } from "../../src/progress.ts";

/** A stream that remembers what was written to it, as a terminal or not. */
function screen(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  let written = "";
  stream.on("data", (data) => {
    written += data;
  });
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => written };
}

describe("progress", () => {
  it("is a line every tenth where nobody watches", () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
    const { stream, written } = screen(false);
    const progress = createProgress("Learning", log, stream);
    for (let done = 1; done <= 250; done++) progress.update(done, 250);
    progress.stop();
    expect(lines).toEqual(
      [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((percent) => `Learning: ${percent} %`),
    );
    expect(written()).toBe("");
  });

  it("is a bar on a terminal, and logs nothing", async () => {
    const lines: string[] = [];
    const { stream, written } = screen(true);
    const progress = createProgress(
      "Learning",
      pino({}, { write: (line: string) => void lines.push(line) }),
      stream,
    );
    progress.update(0, 4);
    progress.update(4, 4);
    progress.stop();
    await expect.poll(written).toMatch(/Learning .*100 % · 4 of 4/);
    expect(lines).toEqual([]);
  });
});
