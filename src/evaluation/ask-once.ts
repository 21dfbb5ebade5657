/** Asking the assistant as a measurement: events are gathered, nobody watches. */
import { randomUUID } from "node:crypto";
import type { Reply } from "../domain/reply.ts";
import type { Assistant } from "../ports.ts";

export interface Asked {
  readonly reply: Reply;
  /** Entities of stage 1, most similar first. */
  readonly entities: readonly string[];
  /** Milliseconds from asking to the last event. */
  readonly milliseconds: number;
}

/** Asks one question, with or without a picture, in a conversation of its own. Throws what the assistant throws. */
export async function askOnce(
  assistant: Assistant,
  question: { readonly text: string; readonly image?: Uint8Array | undefined },
): Promise<Asked> {
  const begun = performance.now();
  let entities: readonly string[] = [];
  const events = assistant.ask(
    {
      id: randomUUID(),
      text: question.text,
      ...(question.image === undefined ? {} : { image: { bytes: question.image } }),
      asker: { tenant: "evaluation", pseudonym: "evaluation" },
      platform: "cli",
    },
    { signal: new AbortController().signal },
  );
  for await (const event of events) {
    if (event.kind === "entities-found") entities = event.entities.map(({ entity }) => entity.id);
    if (event.kind === "answer-end") {
      return { reply: event.reply, entities, milliseconds: performance.now() - begun };
    }
  }
  throw new Error("the assistant ended without a reply");
}

/** Runs `work` over all items, `workers` at a time; results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, position: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [position, item] of queue) results[position] = await work(item, position);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
