import { describe, expect, it } from "vitest";
import { closingOnFailure, createClosers } from "../../src/closers.ts";

describe("closers", () => {
  it("close in reverse order, once", async () => {
    const closed: string[] = [];
    const closers = createClosers();
    for (const name of ["database", "model", "web"]) closers.add(async () => closed.push(name));
    await Promise.all([closers.close(), closers.close()]);
    expect(closed).toEqual(["web", "model", "database"]);
  });

  it("go on after a failure and then tell it", async () => {
    const closed: string[] = [];
    const closers = createClosers();
    closers.add(async () => closed.push("database"));
    closers.add(() => Promise.reject(new Error("web")));
    await expect(closers.close()).rejects.toThrow("web");
    expect(closed).toEqual(["database"]);
  });

  it("close what was opened when a later step fails, whose failure is told", async () => {
    const closed: string[] = [];
    const opening = closingOnFailure(async (closers) => {
      closers.add(async () => closed.push("database"));
      closers.add(() => Promise.reject(new Error("closing failed, too")));
      throw new Error("no model");
    });
    await expect(opening).rejects.toThrow("no model");
    expect(closed).toEqual(["database"]);
  });

  it("leave open what was opened without failure", async () => {
    const closed: string[] = [];
    const close = await closingOnFailure(async (closers) => {
      closers.add(async () => closed.push("database"));
      return closers.close;
    });
    expect(closed).toEqual([]);
    await close();
    expect(closed).toEqual(["database"]);
  });
});
