import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Admission, createAdmission } from "../../src/admission.ts";
import type { AssistantEvent } from "../../src/domain/events.ts";
import type { Question } from "../../src/domain/question.ts";
import type { Reply } from "../../src/domain/reply.ts";
import type { Assistant } from "../../src/ports.ts";

const asker = { tenant: "t", pseudonym: "p" };
const question = (id: string): Question => ({ id, text: "?", asker, platform: "web" });

/** An assistant whose questions end when they are told to, and which counts. */
function heldAssistant() {
  const held = new Map<string, { end: () => void; fail: (cause: Error) => void }>();
  const begun: string[] = [];
  let most = 0;
  const assistant: Assistant = {
    async *ask({ id }, { signal }): AsyncGenerator<AssistantEvent> {
      begun.push(id);
      try {
        await new Promise<void>((resolve, reject) => {
          held.set(id, { end: resolve, fail: reject });
          most = Math.max(most, held.size);
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      } finally {
        held.delete(id);
      }
      yield { kind: "answer-end", reply: { interactionId: id } as Reply };
    },
  };
  return { assistant, begun, held, most: () => most };
}

interface Asked {
  readonly events: AssistantEvent[];
  readonly abort: () => void;
  /** `answered`, or why not. */
  readonly outcome: Promise<string>;
}

function ask(admission: Admission, id: string): Asked {
  const going = new AbortController();
  const events: AssistantEvent[] = [];
  const outcome = (async () => {
    try {
      for await (const event of admission.ask(question(id), { signal: going.signal })) events.push(event);
      return events.at(-1)?.kind === "answer-end" ? "answered" : "ended without a reply";
    } catch (error) {
      return going.signal.aborted
        ? "aborted"
        : ((error as { code?: string }).code ?? (error as Error).message);
    }
  })();
  return { events, abort: () => going.abort(), outcome };
}

/** Lets everything that can go on go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("admission", () => {
  it("lets so many through at once and tells the others their place each time it changes", async () => {
    const { assistant, begun, held } = heldAssistant();
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 5 });
    const [first, , third] = ["a", "b", "c"].map((id) => ask(admission, id));
    await settle();
    expect(begun).toEqual(["a"]);
    held.get("a")!.end();
    expect(await first!.outcome).toBe("answered");
    await settle();
    expect(begun).toEqual(["a", "b"]);
    held.get("b")!.end();
    await settle();
    held.get("c")!.end();
    await third!.outcome;
    expect(third!.events).toEqual([
      { kind: "queued", ahead: 1 },
      { kind: "queued", ahead: 0 },
      { kind: "answer-end", reply: { interactionId: "c" } },
    ]);
    expect(first!.events.map(({ kind }) => kind)).toEqual(["answer-end"]);
  });

  it("refuses beyond the queue, with the seconds after which it should be through", async () => {
    const { assistant, held } = heldAssistant();
    let time = 0;
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 1, now: () => time });
    const first = ask(admission, "a");
    await settle();
    time = 10_000;
    held.get("a")!.end();
    await first.outcome;
    for (const id of ["b", "c"]) ask(admission, id);
    await settle();
    const asking = admission
      .ask(question("d"), { signal: new AbortController().signal })
      [Symbol.asyncIterator]()
      .next();
    await expect(asking).rejects.toMatchObject({ name: "RoraError", code: "busy", retryAfterSeconds: 20 });
  });

  it("forgets who leaves the queue, and moves the others up", async () => {
    const { assistant, begun, held } = heldAssistant();
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 5 });
    const [, b, c] = ["a", "b", "c"].map((id) => ask(admission, id));
    await settle();
    b!.abort();
    expect(await b!.outcome).toBe("aborted");
    await settle();
    expect(c!.events.at(-1)).toEqual({ kind: "queued", ahead: 0 });
    held.get("a")!.end();
    await settle();
    expect(begun).toEqual(["a", "c"]);
  });

  it("gives the turn on when a question fails, and when its reader walks away", async () => {
    const { assistant, begun, held } = heldAssistant();
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 5 });
    const first = ask(admission, "a");
    const leaving = admission
      .ask(question("b"), { signal: new AbortController().signal })
      [Symbol.asyncIterator]();
    expect((await leaving.next()).value).toEqual({ kind: "queued", ahead: 0 });
    ask(admission, "c");
    await settle();
    await leaving.return!();
    held.get("a")!.fail(new Error("out of memory"));
    expect(await first.outcome).toBe("out of memory");
    await settle();
    expect(begun).toEqual(["a", "c"]);
  });

  it("gives on a turn that comes to a reader who has walked away", async () => {
    const { assistant, begun, held } = heldAssistant();
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 5 });
    ask(admission, "a");
    const leaving = admission
      .ask(question("b"), { signal: new AbortController().signal })
      [Symbol.asyncIterator]();
    await leaving.next();
    ask(admission, "c");
    await settle();
    held.get("a")!.end();
    await settle();
    await leaving.return!();
    await settle();
    expect(begun).toEqual(["a", "c"]);
  });

  it("drains: finishes what it has, running and waiting, and takes nothing new", async () => {
    const { assistant, held } = heldAssistant();
    const admission = createAdmission(assistant, { atOnce: 1, queueLimit: 5 });
    const asked = ["a", "b"].map((id) => ask(admission, id));
    await settle();
    let drained = false;
    const draining = admission.drain().then(() => {
      drained = true;
    });
    expect(await ask(admission, "late").outcome).toBe("unavailable");
    for (const id of ["a", "b"]) {
      expect(drained).toBe(false);
      held.get(id)!.end();
      await settle();
    }
    await draining;
    expect(await Promise.all(asked.map(({ outcome }) => outcome))).toEqual(["answered", "answered"]);
  });

  it("drains at once when nothing runs", async () => {
    await createAdmission(heldAssistant().assistant, { atOnce: 1, queueLimit: 0 }).drain();
  });

  it("never has more than so many at once, and loses and doubles none, whatever the order of things", async () => {
    const step = fc.record({
      // Which of the questions it happens to, as a fraction of those there are.
      which: fc.double({ min: 0, max: 0.999, noNaN: true }),
      what: fc.constantFrom("ask", "ask", "end", "fail", "abort"),
    });
    const scene = fc.record({
      atOnce: fc.integer({ min: 1, max: 4 }),
      queueLimit: fc.integer({ min: 0, max: 5 }),
      steps: fc.array(step, { maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(scene, async ({ atOnce, queueLimit, steps }) => {
        const { assistant, begun, held, most } = heldAssistant();
        const admission = createAdmission(assistant, { atOnce, queueLimit });
        const asked = new Map<string, Asked>();
        const pick = <Value>(values: Iterable<Value>, which: number) =>
          [...values][Math.floor(which * [...values].length)];
        for (const { which, what } of steps) {
          if (what === "ask") asked.set(`q${asked.size}`, ask(admission, `q${asked.size}`));
          else if (what === "abort") pick(asked.values(), which)?.abort();
          else if (what === "end") pick(held.values(), which)?.end();
          else pick(held.values(), which)?.fail(new Error("failed"));
          if (which < 0.7) await settle();
          expect(held.size).toBeLessThanOrEqual(atOnce);
        }
        const drained = admission.drain();
        for (let round = 0; round <= asked.size; round++) {
          await settle();
          for (const { end } of held.values()) end();
        }
        await drained;
        expect(most()).toBeLessThanOrEqual(atOnce);
        expect(new Set(begun).size).toBe(begun.length);
        for (const [id, { outcome, events }] of asked) {
          const how = await outcome;
          expect(["answered", "busy", "aborted", "failed"]).toContain(how);
          if (how === "answered") expect(begun).toContain(id);
          if (how === "busy") expect(begun).not.toContain(id);
          const places = events.flatMap((event) => (event.kind === "queued" ? [event.ahead] : []));
          expect(places).toEqual([...places].sort((left, right) => right - left));
        }
      }),
      { numRuns: 200 },
    );
  });
});
