import { describe, expect, it } from "vitest";
import { createWork } from "../../../../bots/slack/work.ts";

/** Work that ends when it is told to, or when the signal says so. */
function task() {
  const steps: string[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const begin = async (signal: AbortSignal) => {
    steps.push("begun");
    if (!signal.aborted)
      await Promise.race([finished, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
    steps.push(signal.aborted ? "broken off" : "done");
  };
  return { steps, begin, finish };
}

describe("the work of a Slack bot", () => {
  it("is broken off for one workspace, while another one's goes on", async () => {
    const work = createWork();
    const [leaving, staying] = [task(), task()];
    void work.run("slack:T1", leaving.begin);
    const other = work.run("slack:T2", staying.begin);
    await work.breakOff("slack:T1");
    expect(leaving.steps).toEqual(["begun", "broken off"]);
    expect(staying.steps).toEqual(["begun"]);
    staying.finish();
    await other;
    expect(staying.steps).toEqual(["begun", "done"]);
  });

  it("that is begun by what is being broken off ends at once, and is waited for", async () => {
    const work = createWork();
    const late = task();
    const begun = work.run("slack:T1", async (signal) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await Promise.resolve();
      void work.run("slack:T1", late.begin);
    });
    await work.breakOff("slack:T1");
    await begun;
    expect(late.steps).toEqual(["begun", "broken off"]);
  });

  it("goes on in a workspace that comes back", async () => {
    const work = createWork();
    await work.breakOff("slack:T1");
    const again = task();
    const running = work.run("slack:T1", again.begin);
    again.finish();
    await running;
    expect(again.steps).toEqual(["begun", "done"]);
  });

  it("is over when all of it is, whoever's it was and whatever came of it", async () => {
    const work = createWork();
    const [one, two] = [task(), task()];
    void work.run("slack:T1", one.begin);
    void work.run(null, two.begin);
    work
      .run("slack:T3", async () => {
        throw new Error("a fault of its own");
      })
      .catch(() => {});
    let drained = false;
    const all = work.drain().then(() => {
      drained = true;
    });
    one.finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    work.stop();
    await all;
    expect([one.steps, two.steps]).toEqual([
      ["begun", "done"],
      ["begun", "broken off"],
    ]);
  });
});
