import { describe, expect, it } from "vitest";
import { createEventReader, createEventWriter } from "../../../src/domain/event-json.ts";
import type { AssistantEvent } from "../../../src/domain/events.ts";
import { answer, entityRecord, judgedCandidates } from "../../support/replies.ts";

const records = [entityRecord("x:1", "One"), entityRecord("x:2", "Two")];
const reply = answer("q", "c", judgedCandidates(records));
const events: AssistantEvent[] = [
  { kind: "queued", ahead: 3 },
  {
    kind: "entities-found",
    entities: records.map(({ entity, images }) => ({ entity, entityImage: images[0]!, similarity: -1e-17 })),
  },
  { kind: "evidence-chosen", evidence: reply.evidence },
  { kind: "answer-delta", text: "\u0000\u2028 „é“ 🏳" },
  { kind: "answer-end", reply },
];

describe("events between processes", () => {
  it("arrive as they were sent", () => {
    const write = createEventWriter();
    const read = createEventReader();
    expect(events.map((event) => read(write(event)))).toEqual(events);
  });

  it("carry each picture once", () => {
    const text = events.map(createEventWriter()).join("\n");
    const base64 = Buffer.from(records[0]!.images[0]!.bytes).toString("base64");
    expect(text.split(base64)).toHaveLength(2);
  });

  it("are one line each, as server-sent events must be", () => {
    for (const event of events) expect(createEventWriter()(event)).not.toMatch(/[\n\r]/);
  });

  it.each(["", "[", "null", "7", "{}"])("are not read out of %j", (text) => {
    expect(() => createEventReader()(text)).toThrow(SyntaxError);
  });

  it("are not read without the bytes of their pictures", () => {
    const write = createEventWriter();
    write(events[1]!);
    expect(() => createEventReader()(write(events[2]!))).toThrow(/without bytes/);
  });
});
