import type { OpenAI } from "openai";
import { createDeadline, type Deadline } from "./deadline.ts";
import { BrokenStream, wrongAddress } from "./faults.ts";

/** How long a server may be silent, in seconds. */
export interface SilenceLimits {
  /** Before the first word; loading a model and reading pictures count. */
  readonly firstWord: number;
  /** Between two words. */
  readonly idle: number;
}

/** One delta of a streamed answer. */
export interface AnswerPiece {
  readonly text: string;
  /** Natural logs of the probabilities of its tokens; empty where the server does not tell. */
  readonly logProbabilities: readonly number[];
  /** Why the answer ends with this piece; null while it goes on. */
  readonly finishReason: string | null;
}

type Request = OpenAI.ChatCompletionCreateParamsStreaming;
type Chunk = OpenAI.ChatCompletionChunk;

/**
 * Sends the request and waits for the first word; until then a failure may be met by asking again. The pieces must be read, or
 * the iterator returned, which cancels the request. Throws the client's errors, BrokenStream, a RoraError or the signal's reason.
 */
export async function openAnswer(
  client: OpenAI,
  request: Request,
  limits: SilenceLimits,
  signal: AbortSignal,
): Promise<AsyncGenerator<AnswerPiece>> {
  const deadline = createDeadline(signal);
  deadline.allow(limits.firstWord);
  try {
    const { data, response } = await client.chat.completions
      .create(request, { signal: deadline.signal })
      .withResponse();
    if (response.headers.get("content-type")?.includes("text/html")) {
      data.controller.abort();
      throw wrongAddress();
    }
    const chunks = data[Symbol.asyncIterator]();
    return readOn(await firstWords(chunks, deadline), chunks, limits, deadline);
  } catch (error) {
    deadline.end();
    deadline.signal.throwIfAborted();
    throw error;
  }
}

/** Servers open with a chunk that only names the role, long before the first word. */
async function firstWords(chunks: AsyncIterator<Chunk>, deadline: Deadline): Promise<Chunk> {
  for (;;) {
    const chunk = await nextChunk(chunks, deadline);
    if (chunk === null) throw new BrokenStream("the stream ended before the first word");
    if (chunk.choices.some(({ delta, finish_reason }) => finish_reason !== null || speaks(delta)))
      return chunk;
  }
}

/** Where some servers put a model's thoughts. */
interface Thoughts {
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
}

function speaks(delta: OpenAI.ChatCompletionChunk.Choice.Delta & Thoughts): boolean {
  return [delta.content, delta.reasoning_content, delta.reasoning].some(Boolean);
}

async function* readOn(
  first: Chunk,
  chunks: AsyncIterator<Chunk>,
  { idle }: SilenceLimits,
  deadline: Deadline,
): AsyncGenerator<AnswerPiece> {
  try {
    let finished = false;
    for (let chunk: Chunk | null = first; chunk !== null; chunk = await nextChunk(chunks, deadline)) {
      deadline.allow(idle);
      const piece = pieceOf(chunk);
      finished ||= piece.finishReason !== null;
      yield piece;
    }
    if (!finished) throw new BrokenStream("the stream ended without a reason");
  } finally {
    deadline.end();
    await chunks.return?.();
  }
}

/** Null at the end. The client ends an aborted stream as if it were complete, and throws fetch's own errors. */
async function nextChunk(chunks: AsyncIterator<Chunk>, { signal }: Deadline): Promise<Chunk | null> {
  const step = await chunks.next().catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof TypeError ? new BrokenStream(error.message, { cause: error }) : error;
  });
  signal.throwIfAborted();
  return step.done ? null : step.value;
}

function pieceOf({ choices }: Chunk): AnswerPiece {
  const choice = choices[0];
  return {
    text: choice?.delta.content ?? "",
    logProbabilities: choice?.logprobs?.content?.map(({ logprob }) => logprob) ?? [],
    finishReason: choice?.finish_reason ?? null,
  };
}
