/** Fixed texts that are the same on every platform, in English; the other languages have the same ones. */
import type { ImageNotice } from "../../../src/domain/image.ts";

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const english = {
  // Progress.
  looking: "Looking at the picture…",
  thinking: "Looking that up…",
  queued: (ahead: number) =>
    ahead === 0 ? "You are next…" : `${ahead} ${plural(ahead, "question is", "questions are")} before yours…`,
  /** Between two names of which one may be right. */
  either: " or ",
  found: (names: string) => `This looks like ${names}. Reading on…`,
  writing: "Writing…",

  // The answer.
  relevance: (percent: number) =>
    `${percent >= 80 ? "Quite sure" : percent >= 50 ? "Fairly sure" : "Not sure"} (${percent} %)`,
  others: (names: string) => `It could also be: ${names}`,
  helpful: "Helpful",
  unhelpful: "Not helpful",
  why: "Show why",
  more: "Read all",
  askOn: "Ask on",
  morePictures: (most: number) => `Only the first ${most} pictures were looked at.`,

  // Why.
  whyTitle: "What this answer rests on",
  overlayAlt: "The picture with the parts that mattered for the question highlighted",
  used: "Used",
  cited: "Cited",
  rejected: "Rejected",
  scores: (relevance: number, image: number | null) =>
    `relevance ${relevance} %${image === null ? "" : `, likeness ${image} %`}`,
  noEvidence: "Nothing was good enough to rest an answer on.",

  // Feedback.
  thanks: "Thank you, that is noted.",
  thanksForCorrection: "Thank you. The correction is kept and will be looked at.",
  correctionTitle: "What was wrong?",
  reason: "What was it?",
  reasons: {
    "wrong-entity": "It took it for something else",
    "wrong-fact": "The fact is wrong",
    "bad-source": "The source is bad",
    "not-understood": "It did not understand the question",
  },
  rightEntity: "What is it really?",
  noneOfThese: "None of these",
  rightAnswer: "What would have been right?",
  betterPicture: "A better picture, if you have one",
  betterPictureHint: "It is asked about again.",

  // Asking.
  question: "Your question",
  questionHint: "What would you like to know about it?",
  askTitle: "Ask about this image",

  // Refusals.
  elsewhere: (channels: string) => `I answer only in ${channels} here.`,
  lost: "I was restarted while your question was being worked on, and it was lost. I am sorry; please ask it again.",
  failed: "Something went wrong on our side. Please try again in a moment.",
  reference: (id: string) => `Reference: ${id}`,
  notAnImage: (name: string) => `${name} is not a picture. Attach a JPEG, PNG, WebP, GIF, AVIF or TIFF.`,
  tooLarge: (megabytes: number) => `This picture is larger than ${megabytes} MB. Attach a smaller one.`,
  emptyQuestion: "Please write a question.",
  tooLong: (most: number) => `That question is too long. Please keep it under ${most} characters.`,
  gone: "That answer is no longer kept.",

  // What is kept of a person.
  privacy: {
    title: "What I keep about you",
    nothing: "I keep nothing about you.",
    kept: (questions: number, pictures: number, verdicts: number, since: string | null) =>
      `I keep ${questions} ${plural(questions, "question with its answer", "questions with their answers")}, ${pictures} ${plural(pictures, "picture", "pictures")} and ${verdicts} ${plural(verdicts, "verdict", "verdicts")} of yours${since === null ? "" : `, since ${since}`}.`,
    pseudonym: "All of it is filed under a pseudonym; your name and your id are not in it.",
    trainingUsed: "It may be used to train later models: you agreed, and so did the administrators.",
    trainingNotHere:
      "You agreed to its being used for training, but the administrators have not: it is not used.",
    trainingOff: "It is not used for training: you have not agreed to that.",
    allow: "Allow training",
    forbid: "Do not allow training",
    export: "Export",
    erase: "Erase…",
    confirm: (questions: number) =>
      `This erases ${questions} ${plural(questions, "question", "questions")} with answers, pictures and verdicts, and your consent. It cannot be undone. Answers already posted here stay until somebody deletes them.`,
    eraseNow: "Erase everything",
    keepIt: "Cancel",
    erased: (questions: number) =>
      `Erased: ${questions} ${plural(questions, "question", "questions")} with everything that belonged to ${plural(questions, "it", "them")}. I keep nothing about you any more.`,
    exported: "This is everything I keep about you.",
    leftOut: (pictures: number) =>
      `${pictures} ${plural(pictures, "picture is", "pictures are")} too large to be sent here. Ask whoever runs me for ${plural(pictures, "it", "them")}.`,
  },

  /** What the core says itself, in other languages; null: as it says it. */
  core: null as CoreTexts | null,

  // Looking up, help, about.
  unknownEntity: (name: string) => `I know nothing called ${name}.`,
  settingsChanged: "Changed, from now on:",
  settings: {
    channels: "Channels",
    roles: "Who may ask",
    answers: "Answers",
    limit: "Questions a member and hour",
    language: "Language",
    training: "Training",
  },
  everywhere: "all",
  everybody: "everybody",
  privately: "only for who asked",
  publicly: "for everybody",
  inThread: "in a thread",
  asReply: "as a reply",
  unlimited: "no limit",
  ownLanguage: "everybody's own",
  trainingOn: "allowed, of those who agree",
  trainingOff: "not allowed",
};

/** What every platform says alike, in one language. */
export type CommonTexts = typeof english;

/** The core's own sentences. */
export interface CoreTexts {
  /** `seconds` until it should be through; null where nobody knows. */
  readonly busy: (seconds: number | null) => string;
  readonly unreadable: string;
  readonly tooLarge: string;
  readonly tooLong: string;
  readonly unavailable: string;
  readonly notices: Readonly<Partial<Record<ImageNotice["kind"], string>>>;
  /** Not knowing: what is written of `names` does not answer, */
  readonly notWritten: (names: readonly string[]) => string;
  /** the picture resembles `names` too little, */
  readonly notSure: (names: readonly string[]) => string;
  /** the words fit `names` too little, */
  readonly notNamed: (names: readonly string[]) => string;
  /** nothing fits at all. */
  readonly nothingKnown: string;
}
