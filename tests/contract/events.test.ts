import { expect, it } from "vitest";
import { createEventBook } from "../../src/adapters/prisma/event-book.ts";
import { describeOnEachDatabase } from "../support/databases.ts";

const fresh = () => crypto.randomUUID();

describeOnEachDatabase("events", (open) => {
  it("are new once, even at the same moment, and on each platform by itself", async () => {
    const events = createEventBook((await open()).client);
    const id = fresh();
    const taken = await Promise.all([1, 2, 3].map(() => events.first("slack", id)));
    expect(taken.sort()).toEqual([false, false, true]);
    expect(await events.first("discord", id)).toBe(true);
  });

  it("are forgotten when they are old enough", async () => {
    const events = createEventBook((await open()).client);
    const id = fresh();
    await events.first("slack", id);
    await events.forget(new Date(Date.now() - 60_000));
    expect(await events.first("slack", id)).toBe(false);
    expect(await events.forget(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
    expect(await events.first("slack", id)).toBe(true);
  });
});
