/** Fixed texts that are the same on every platform, in English; the other languages have the same ones. */

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const english = {
  // Progress.
  looking: "Looking at the picture…",
  thinking: "Looking that up…",
  queued: (ahead: number) =>
    ahead === 0 ? "You are next…" : `${ahead} ${plural(ahead, "question is", "questions are")} before yours…`,
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
