/** One question asked twice, perhaps of two processes, is answered once: one works on it, the other waits for what comes of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Conversation, HOLD_MILLISECONDS, type Question } from "./domain/question.ts";
import type { Reply } from "./domain/reply.ts";
import { RoraError } from "./errors.ts";
import type { Ledger } from "./ports.ts";

/** Milliseconds between two looks at a question that somebody else works on. */
const LOOK_AGAIN = 500;
/** Milliseconds after which nobody waits any longer. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Null when the question is now ours to answer: it is new, had failed, or was lost with the process that worked on it. Else
 * the reply it got, waited for if need be. Throws RoraError `busy` when that takes too long, and the signal's reason.
 */
export async function claim(
  question: Question,
  conversation: Conversation,
  { ledger, signal }: { readonly ledger: Ledger; readonly signal: AbortSignal },
): Promise<Reply | null> {
  for (let waited = 0; waited < LONGEST_WAIT; waited += LOOK_AGAIN) {
    if (await ledger.accept(question, conversation)) return null;
    const reply = await ledger.replyTo(question);
    if (reply !== null) return reply;
    await sleep(LOOK_AGAIN, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  throw new RoraError("busy", "This question is being answered already. Please wait a moment.", {
    retryAfterSeconds: 10,
  });
}

/** Says again and again that the question is still worked on here, until the function it returns is called. */
export function keepHold(questionId: string, ledger: Ledger): () => void {
  // A database that does not answer now may do so the next time; several fit into one hold.
  const again = () => void ledger.hold(questionId).catch(() => {});
  const timer = setInterval(again, HOLD_MILLISECONDS / 4);
  return () => clearInterval(timer);
}
