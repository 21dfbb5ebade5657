import fc from "fast-check";
import { expect, test } from "vitest";
import { createChannel } from "../../src/channel.ts";

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = [];
  for await (const item of items) read.push(item);
  return read;
}

test("what was pushed before reading began is read", async () => {
  const channel = createChannel<number>();
  channel.push(1);
  channel.push(2);
  channel.close();
  expect(await all(channel.items)).toEqual([1, 2]);
});

test("a reader that waits gets what comes, and ends with the close", async () => {
  const channel = createChannel<string>();
  const reading = all(channel.items);
  for (const word of ["a", "b", "c"]) {
    await Promise.resolve();
    channel.push(word);
  }
  await new Promise((resolve) => setImmediate(resolve));
  channel.close();
  expect(await reading).toEqual(["a", "b", "c"]);
});

test("closing without items ends the reading", async () => {
  const channel = createChannel<number>();
  const reading = all(channel.items);
  channel.close();
  expect(await reading).toEqual([]);
});

test("everything arrives in order, however pushes and reads are interleaved", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.integer()), async (scheduler, items) => {
      const channel = createChannel<number>();
      const pushing = scheduler.scheduleSequence(items.map((item) => async () => channel.push(item)));
      const reading = all(channel.items);
      await scheduler.waitFor(pushing.task);
      channel.close();
      expect(await reading).toEqual(items);
    }),
  );
});
