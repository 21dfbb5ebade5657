/** `rora ask`: progress on stderr, the reply on stdout. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { callerFolder, readConfig } from "../config.ts";
import type { Question } from "../domain/question.ts";
import type { Reply } from "../domain/reply.ts";
import { RoraError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { Assistant } from "../ports.ts";
import { openCore } from "../start/core.ts";
import { renderProgress, renderReply, renderReplyJson } from "./render.ts";

/** Everybody who asks from this machine's command line. */
const asker = { tenant: "cli", pseudonym: "cli" };

/** `words` are the positional arguments: picture and question, or the question alone. Throws RoraError. */
export async function runAsk(
  words: readonly string[],
  options: { json: boolean; signal: AbortSignal },
): Promise<void> {
  const config = readConfig();
  const question = await readQuestion(words, config.limits.questionCharacters);
  // The progress is told in words here; the log would only be in its way.
  const core = await openCore(config, createLog("warn"), options);
  try {
    const reply = await follow(core.assistant, question, options.signal);
    console.log(options.json ? renderReplyJson(reply) : renderReply(reply));
  } finally {
    await core.close();
  }
}

async function readQuestion(words: readonly string[], maximum: number): Promise<Question> {
  if (words.length < 1 || words.length > 2) {
    throw new RoraError(
      "bad-request",
      'Give a picture and a question in quotation marks: rora ask photo.jpg "What is the capital?"',
    );
  }
  const text = words.at(-1)!.trim();
  if (text === "") throw new RoraError("question-missing", "The question is empty.");
  if ([...text].length > maximum) {
    throw new RoraError(
      "question-too-long",
      `The question is longer than ${maximum} characters. Ask more briefly.`,
    );
  }
  const base = { id: randomUUID(), text, asker, platform: "cli" } as const;
  return words.length === 1 ? base : { ...base, image: { bytes: await readImage(words[0]!) } };
}

async function readImage(name: string): Promise<Uint8Array> {
  if (name === "-") return buffer(process.stdin);
  try {
    return await readFile(resolve(callerFolder(), name));
  } catch (cause) {
    throw new RoraError(
      "image-missing",
      `The picture ${name} cannot be read. Check the name of the file and its rights.`,
      { cause },
    );
  }
}

async function follow(assistant: Assistant, question: Question, signal: AbortSignal): Promise<Reply> {
  for await (const event of assistant.ask(question, { signal })) {
    if (event.kind === "answer-end") return event.reply;
    for (const line of renderProgress(event)) console.error(line);
  }
  throw new RoraError("unavailable", "The answer broke off. Please ask again.");
}
