import { expect, test } from "vitest";
import { startStopwatch } from "../../src/stopwatch.ts";

/** A clock that stands still until it is moved. */
function handClock() {
  let time = 1000;
  const pass = (milliseconds: number) => {
    time += milliseconds;
    return "done";
  };
  return { now: () => time, pass };
}

test("a stage's time is what its work took, and stages that come twice add up", async () => {
  const clock = handClock();
  const watch = startStopwatch(clock.now);
  expect(await watch.time("encode", async () => clock.pass(20))).toBe("done");
  clock.pass(5);
  await watch.time("encode", () => clock.pass(1.256));
  expect(watch.timings()).toEqual({
    decode: 0,
    encode: 21.26,
    entities: 0,
    passages: 0,
    critic: 0,
    refine: 0,
    generate: 0,
    total: 26.26,
  });
});

test("work that fails is timed and its failure thrown", async () => {
  const clock = handClock();
  const watch = startStopwatch(clock.now);
  const failing = watch.time("decode", () => {
    clock.pass(7);
    throw new Error("unreadable");
  });
  await expect(failing).rejects.toThrow("unreadable");
  expect(watch.timings()).toMatchObject({ decode: 7, total: 7 });
});
