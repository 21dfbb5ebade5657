import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents } from "../../../../../bots/web/page/event-reader.js";

async function read(bytes: Uint8Array, sizes: readonly number[]) {
  let position = 0;
  let turn = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (position >= bytes.length) return controller.close();
      const size = sizes[turn++ % sizes.length]!;
      controller.enqueue(bytes.slice(position, position + size));
      position += size;
    },
  });
  const events = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe("reading server-sent events", () => {
  it("gives the same events however the bytes are cut", async () => {
    const text =
      'event: answer-delta\ndata: {"text":"Türkiye 🇹🇷"}\n\n: keep-alive\n\nevent: answer-end\ndata: {"reply":\ndata: 1}\n\n';
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
        async (sizes) => {
          expect(await read(bytes, sizes)).toEqual([
            { name: "answer-delta", data: { text: "Türkiye 🇹🇷" } },
            { name: "answer-end", data: { reply: 1 } },
          ]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("drops an event that was cut off", async () => {
    expect(await read(new TextEncoder().encode('event: a\ndata: {"x"'), [100])).toEqual([]);
  });
});
