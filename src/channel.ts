/** Turns callbacks into an async iterable. */
export interface Channel<Item> {
  readonly items: AsyncIterable<Item>;
  readonly push: (item: Item) => void;
  readonly close: () => void;
}

/** Unbounded: what is pushed waits until it is read; reading ends after `close` once everything was read. */
export function createChannel<Item>(): Channel<Item> {
  const waiting: Item[] = [];
  let closed = false;
  let wake = () => {};
  async function* read(): AsyncGenerator<Item> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift()!;
      if (closed) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    items: read(),
    push(item) {
      waiting.push(item);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
  };
}
