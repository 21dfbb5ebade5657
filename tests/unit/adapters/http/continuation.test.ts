import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContinuation } from "../../../../src/adapters/http/continuation.ts";
import type { AssistantEvent } from "../../../../src/domain/events.ts";

const image: AssistantEvent = { kind: "image-read", width: 1, height: 1, notices: [] };
const found: AssistantEvent = { kind: "entities-found", entities: [] };
const start: AssistantEvent = { kind: "answer-start" };
const queued = (ahead: number): AssistantEvent => ({ kind: "queued", ahead });
const delta = (text: string): AssistantEvent => ({ kind: "answer-delta", text });

/** What is told of several streams, each begun where the one before broke off. */
function told(...streams: readonly (readonly AssistantEvent[])[]): AssistantEvent[] {
  const continuation = createContinuation();
  return streams.flatMap((stream) => {
    continuation.beginAgain();
    return stream.flatMap((event) => continuation.next(event) ?? []);
  });
}
const wordsOf = (events: readonly AssistantEvent[]) =>
  events.map((event) => (event.kind === "answer-delta" ? event.text : "")).join("");

describe("a stream that is begun again", () => {
  it("tells nothing twice", () => {
    const whole = [image, found, start, delta("A"), delta("b")];
    expect(told([image, found], whole)).toEqual(whole);
    expect(told(whole.slice(0, 4), whole)).toEqual(whole);
  });

  it("tells the whole answer once, wherever it broke off and however its words are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { maxLength: 8 }),
        fc.array(fc.nat(20), { maxLength: 4 }),
        (pieces, cuts) => {
          const text = pieces.join("");
          const whole = pieces.map(delta);
          const broken = cuts.map((cut) => [...text.slice(0, cut)].map(delta));
          expect(wordsOf(told(...broken, whole))).toBe(text);
        },
      ),
    );
  });

  it("tells no more words when the answer is written differently the second time", () => {
    const events = told([start, delta("Par")], [start, delta("The capital "), delta("is Paris")]);
    expect(wordsOf(events)).toBe("Par");
  });

  it("tells places in the queue until it is through it", () => {
    expect(told([queued(2)], [queued(1), image], [queued(5), image])).toEqual([queued(2), queued(1), image]);
  });
});
