/** HTTP form → Question. Pure: bytes and strings in, a Question or a RoraError out. */
import type { Asker, Question } from "../../src/domain/question.ts";
import { RoraError } from "../../src/errors.ts";

/** The parts of a posted form, as they arrived. */
export interface QuestionForm {
  readonly question: unknown;
  readonly conversation: unknown;
  /** A file's name and bytes; any other value where no file was posted under that name. */
  readonly image: unknown;
}

export interface PostedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface QuestionContext {
  readonly id: string;
  readonly asker: Asker;
  readonly questionCharacters: number;
  readonly imageBytes: number;
}

/**
 * Checks a form and makes the Question.
 * Throws RoraError `question-missing`, `question-too-long`, `image-missing` (the field is not a file),
 * `image-unreadable` (no bytes), `image-too-large` or `bad-request` (conversation).
 */
export function receiveQuestion(form: QuestionForm, context: QuestionContext): Question {
  const text = readText(form.question, context.questionCharacters);
  const conversation = readConversation(form.conversation);
  const bytes = readImage(form.image, context.imageBytes);
  return {
    id: context.id,
    text,
    asker: context.asker,
    platform: "web",
    ...(bytes === null ? {} : { image: { bytes } }),
    ...(conversation === null ? {} : { conversation }),
  };
}

/**
 * Text as people meant it: control characters and bidirectional overrides become spaces (they can hide text
 * from readers and break logs), runs of white space collapse, composed by Unicode NFC.
 */
export function cleanText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function readText(value: unknown, maximum: number): string {
  const text = typeof value === "string" ? cleanText(value) : "";
  if (text === "") throw new RoraError("question-missing", "Please write a question about the picture.");
  if ([...text].length > maximum) {
    throw new RoraError(
      "question-too-long",
      `That question is too long. Please keep it under ${maximum} characters.`,
    );
  }
  return text;
}

function readConversation(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string" && /^[\w:.-]{1,100}$/.test(value)) return value;
  throw new RoraError("bad-request", "This conversation is unknown. Please start a new one.");
}

function readImage(value: unknown, maximum: number): Uint8Array | null {
  if (value === undefined || value === null || value === "") return null;
  if (!isPostedFile(value)) {
    throw new RoraError("image-missing", "The picture must be sent as a file. Please choose it again.");
  }
  // A browser posts an untouched file input as a nameless file of 0 bytes.
  if (value.bytes.length === 0 && value.name === "") return null;
  if (value.bytes.length === 0) {
    throw new RoraError("image-unreadable", "The picture is empty (0 bytes). Please choose another one.");
  }
  if (value.bytes.length > maximum) throw imageTooLarge(maximum);
  return value.bytes;
}

function isPostedFile(value: unknown): value is PostedFile {
  return typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;
}

/** The refusal of a picture (or body) over `maximum` bytes. */
export function imageTooLarge(maximum: number): RoraError {
  const megabytes = Math.max(1, Math.floor(maximum / 1024 ** 2));
  return new RoraError("image-too-large", `The picture is too large. Please use one under ${megabytes} MB.`);
}
