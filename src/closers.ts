/** What was opened, to be closed in reverse order. */
export interface Closers {
  /** Remembers how to close something that was just opened. */
  add(close: () => Promise<unknown>): void;
  /** Closes everything, the latest first, whatever fails on the way; then throws the first failure. Twice is once. */
  close(): Promise<void>;
}

export function createClosers(): Closers {
  const open: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of open.reverse()) await close().catch((failure: unknown) => failures.push(failure));
    if (failures.length > 0) throw failures[0];
  }
  return {
    add: (close) => void open.push(close),
    close: () => (closing ??= closeAll()),
  };
}

/** Runs `open` with closers; when it throws, what it had opened is closed. */
export async function closingOnFailure<Result>(open: (closers: Closers) => Promise<Result>): Promise<Result> {
  const closers = createClosers();
  try {
    return await open(closers);
  } catch (failure) {
    // The failure to open says more than one to close after it.
    await closers.close().catch(() => {});
    throw failure;
  }
}
